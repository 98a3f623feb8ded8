import { seeded } from '../../math/random.ts';
import { difference, relativeLift } from '../../plugins/experiments/statistics/lift.ts';
import type { Effect } from '../../plugins/experiments/statistics/lift.ts';
import { estimate, meanMoments, proportionMoments, ratioMoments } from '../../plugins/experiments/statistics/moments.ts';
import type { Moments } from '../../plugins/experiments/statistics/moments.ts';
import { describeWith } from '../shared-data.ts';

interface Statistic {
  _type: string;
  n: number;
  sum: number;
  sum_squares: number;
  m_statistic: Statistic;
  d_statistic: Statistic;
  m_d_sum_of_products: number;
}
interface Vector {
  id: string;
  input: { test: string; strata: [Statistic, Statistic][]; config: { difference_type: 'relative' | 'absolute'; alpha: number } };
  output: { expected: number; ci: [number, number]; pValue: number; errorMessage: string | null; uplift: { stddev: number }; _dof: number };
}
interface Vectors {
  vectors: Vector[];
  asserted: { expected: number; p: number; [field: string]: unknown }[];
}

const readers: Record<string, (statistic: Statistic) => Moments> = {
  SampleMeanStatistic: ({ n, sum, sum_squares }) => ({ kind: 'mean', n, sum, squares: sum_squares }),
  ProportionStatistic: ({ n, sum }) => ({ kind: 'proportion', n, sum }),
  RatioStatistic: ({ n, m_statistic: m, d_statistic: d, m_d_sum_of_products: md }) => ({
    kind: 'ratio',
    n,
    m: m.sum,
    d: d.sum,
    mm: m.sum_squares,
    dd: d.sum_squares,
    md,
  }),
};

/** Recorded as float64; the anchor asserts them to 5 … 10 digits. */
const close = (actual: number, expected: number): void =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1e-6, Math.abs(expected)) + 1e-12);

function check({ input, output }: Vector): void {
  const [control, treatment] = input.strata[0]!.map((statistic) => readers[statistic._type]!(statistic)) as [Moments, Moments];
  const found = (input.config.difference_type === 'relative' ? relativeLift : difference)(control, treatment, input.config.alpha);
  if (output.errorMessage) return expect(found).toBeUndefined();
  const { effect, standardError, degreesOfFreedom, interval, pValue } = found as Effect;
  close(effect, output.expected);
  close(standardError, output.uplift.stddev);
  close(degreesOfFreedom, output._dof);
  close(interval[0], output.ci[0]);
  close(interval[1], output.ci[1]);
  close(pValue, output.pValue);
}

/** Two-sided tests without covariates; the rest is for other methods. */
const ours = (vectors: readonly Vector[]): Vector[] =>
  vectors.filter(({ input }) => input.test === 'TwoSidedTTest' && input.strata[0]!.every((statistic) => statistic._type in readers));

describeWith<Vectors>('vectors/frequentist_ttest.json', ({ vectors, asserted }) => {
  test('there are cases', () => expect(ours(vectors)).toHaveLength(19));
  test.each(ours(vectors))('$id', check);
  test('the published example', () => {
    const [control, treatment] = ['a', 'b'].map((arm) => readers.SampleMeanStatistic!(asserted[0]![arm] as Statistic)) as [Moments, Moments];
    expect(relativeLift(control, treatment)!.effect).toBeCloseTo(0.70732, 5);
    expect(relativeLift(control, treatment)!.pValue).toBeCloseTo(0.06191, 5);
  });
});

describeWith<Vectors>('vectors/ratio_delta_method.json', ({ vectors, asserted }) => {
  test('there are cases', () => expect(ours(vectors)).toHaveLength(4));
  test.each(ours(vectors))('$id', check);
  test('the asserted example', () => {
    const arm = (name: string): Moments => {
      const fields = asserted[0]![name] as Record<string, number>;
      return {
        kind: 'ratio',
        n: fields.n!,
        m: fields.main_sum!,
        d: fields.denominator_sum!,
        mm: fields.main_sum_squares!,
        dd: fields.denominator_sum_squares!,
        md: fields.main_denominator_sum_product!,
      };
    };
    const lift = relativeLift(arm('control'), arm('treatment'))!;
    expect(lift.effect).toBeCloseTo(asserted[0]!.expected, 8);
    expect(lift.pValue).toBeCloseTo(asserted[0]!.p, 8);
  });
});

test('moments and estimates from plain numbers', () => {
  expect(meanMoments([1, 2, 4])).toEqual({ kind: 'mean', n: 3, sum: 7, squares: 21 });
  expect(estimate(meanMoments([1, 2, 4])).variance).toBeCloseTo(7 / 3, 12);
  expect(proportionMoments([true, false, false, true])).toEqual({ kind: 'proportion', n: 4, sum: 2 });
  expect(
    ratioMoments([
      [1, 2],
      [0, 3],
    ]),
  ).toEqual({ kind: 'ratio', n: 2, m: 1, d: 5, mm: 1, dd: 13, md: 2 });
  // With one impression each, the ratio is the mean of the numerator.
  const clicks = [1, 0, 0, 1, 1, 0];
  expect(estimate(ratioMoments(clicks.map((click) => [click, 1] as const)))).toEqual({
    ...estimate(meanMoments(clicks)),
    variance: expect.closeTo(0.3, 12),
  });
});

test('nothing is said without data, variance or a control', () => {
  const some = meanMoments([1, 2, 3]);
  for (const arm of [
    meanMoments([]),
    meanMoments([2]),
    meanMoments([2, 2, 2]),
    ratioMoments([]),
    ratioMoments([
      [0, 0],
      [0, 0],
    ]),
  ]) {
    expect(difference(some, arm)).toBeUndefined();
    expect(relativeLift(arm, some)).toBeUndefined();
  }
  expect(relativeLift(meanMoments([-1, 1]), some)).toBeUndefined();
  expect(difference(meanMoments([-1, 1]), some)).toBeDefined();
});

test('on A/A the ratio test is wrong about one time in twenty, where a binomial over impressions is far more often', () => {
  const random = seeded(11);
  const viewer = (): [number, number] => {
    const [impressions, rate] = [1 + Math.floor(20 * random() ** 2), 0.3 * random() ** 2];
    let clicks = 0;
    for (let i = 0; i < impressions; i++) clicks += Number(random() < rate);
    return [clicks, impressions];
  };
  const arm = () => ratioMoments(Array.from({ length: 200 }, viewer));
  const binomial = ({ m, d }: { m: number; d: number }): Moments => ({ kind: 'proportion', n: d, sum: m });
  const runs = Array.from({ length: 800 }, () => [arm(), arm()] as const);
  const wrong = (test: (pair: (typeof runs)[number]) => Effect | undefined): number =>
    runs.filter((pair) => test(pair)!.pValue < 0.05).length / runs.length;
  expect(Math.abs(wrong(([a, b]) => relativeLift(a, b)) - 0.05)).toBeLessThan(0.025);
  expect(wrong(([a, b]) => difference(binomial(a), binomial(b)))).toBeGreaterThan(0.1);
});
