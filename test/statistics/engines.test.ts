import { seeded } from '../../math/random.ts';
import { theta } from '../../plugins/experiments/statistics/cuped.ts';
import { effectOf } from '../../plugins/experiments/statistics/effect.ts';
import { compare } from '../../plugins/experiments/statistics/engines/compare.ts';
import type { Comparison, Engine } from '../../plugins/experiments/statistics/engines/engine.ts';
import { expectedLoss } from '../../plugins/experiments/statistics/engines/bayes.ts';
import { difference, relativeLift } from '../../plugins/experiments/statistics/lift.ts';
import { proportionMoments, ratioMoments, regressionMoments, type Moments } from '../../plugins/experiments/statistics/moments.ts';
import { describeWith } from '../shared-data.ts';
import { armsOf, check, close, compareAs, type Vector } from './recorded.ts';

interface Vectors<Asserted = Record<string, number>> {
  readonly vectors: readonly Vector[];
  readonly asserted: readonly Asserted[];
}

describeWith<Vectors<Published>>('vectors/frequentist_ttest.json', ({ vectors, asserted: published }) => {
  test('there are cases', () => expect(vectors).toHaveLength(23));
  test.each(vectors)('$id', (vector) => {
    check(vector);
    if (!vector.output.errorMessage) close(compareAs(vector)!.pValue!, vector.output.pValue!);
  });
  test('the published example', () => {
    const lift = relativeLift(...armsOf(vectors[0]!))!;
    expect(lift.effect).toBeCloseTo(0.70732, 5);
    expect(lift.pValue).toBeCloseTo(0.06191, 5);
  });
  const [mean] = published as [Published];
  test.each(published)('published: $name', ({ name, a = mean.a, b = mean.b, ...expected }) => {
    const [control, arm] = [a!, b!].map(armFrom) as [Moments, Moments];
    const found = (name!.includes('absolute') ? difference : relativeLift)(control, arm)!;
    agree(found, expected);
    expect(found.pValue).toBeCloseTo(expected.p!, 5);
  });
});

interface Arm {
  readonly n: number;
  readonly sum: number;
  readonly sum_squares?: number;
}
interface Published {
  readonly name?: string;
  readonly a?: Arm;
  readonly b?: Arm;
  readonly expected: number;
  readonly ci: readonly [number, number];
  readonly stddev: number;
  readonly p?: number;
}
const armFrom = ({ n, sum, sum_squares: squares }: Arm): Moments =>
  squares === undefined ? { kind: 'proportion', n, sum } : { kind: 'mean', n, sum, squares };
/** Published with five digits. */
function agree(found: Comparison, { expected, ci, stddev }: Pick<Published, 'expected' | 'ci' | 'stddev'>): void {
  expect(found.effect).toBeCloseTo(expected, 5);
  expect(found.standardError).toBeCloseTo(stddev, 5);
  ci.forEach((end, i) => expect(found.interval[i]).toBeCloseTo(end, 5));
}

// Of the asserted ratios the two with CUPED come without their sums; regression ratios are among the recorded cases.
describeWith<Vectors>('vectors/ratio_delta_method.json', ({ vectors, asserted }) => {
  test('there are cases', () => expect(vectors).toHaveLength(10));
  test.each(vectors)('$id', (vector) => {
    check(vector);
    if (vector.output.pValue !== undefined && !vector.output.errorMessage) close(compareAs(vector)!.pValue!, vector.output.pValue);
  });
  test('the asserted example', () => {
    const arm = (name: string): Moments => {
      const fields = asserted[0]![name] as unknown as Record<string, number>;
      const [m, d] = [fields.main_sum!, fields.denominator_sum!];
      const [mm, dd, md] = [fields.main_sum_squares!, fields.denominator_sum_squares!, fields.main_denominator_sum_product!];
      return { kind: 'ratio', n: fields.n!, m, d, mm, dd, md };
    };
    const lift = relativeLift(arm('control'), arm('treatment'))!;
    expect(lift.effect).toBeCloseTo(asserted[0]!.expected!, 8);
    expect(lift.pValue).toBeCloseTo(asserted[0]!.p!, 8);
  });
});

describeWith<Vectors<{ metric_pre?: number[]; metric_post?: number[]; theta?: number }>>('vectors/cuped.json', ({ vectors, asserted }) => {
  test('there are cases', () => expect(vectors).toHaveLength(9));
  test.each(vectors)('$id', (vector) => {
    check(vector);
    close(theta(...armsOf(vector)), (vector.output as unknown as { _theta: number })._theta);
    close(compareAs(vector)!.pValue!, vector.output.pValue!);
  });
  // The third asserted case, deviations of single arms, is not what two arms are compared by.
  test.each([1, 2] as const)('asserted: %i', (at) => {
    const { control, treatment } = asserted[1] as unknown as Record<'control' | 'treatment', Record<string, number>>,
      { expected, p } = asserted[at] as unknown as { expected: number; p: number };
    const arm = (s: Record<string, number>): Moments => {
      const [n, y, x, xy] = [s.n!, s.main_sum!, s.covariate_sum!, s.main_covariate_sum_product!];
      const [yy, xx] = at === 1 ? [s.main_sum_squares!, s.covariate_sum_squares!] : [y, x];
      return { kind: 'regression', of: at === 1 ? 'mean' : 'proportion', n, y, x, yy, xx, xy };
    };
    const found = relativeLift(arm(control), arm(treatment))!;
    expect(found.effect).toBeCloseTo(expected, 6);
    expect(found.pValue).toBeCloseTo(p, 6);
  });
  test('θ of four units, the same in both arms', () => {
    const { metric_pre: before, metric_post: after, theta: expected } = asserted[0]!;
    const arm = regressionMoments(after!.map((y, i) => [y, before![i]!] as const));
    expect(theta(arm, arm)).toBeCloseTo(expected!, 5);
  });
});

describeWith<Vectors>('vectors/quantile.json', ({ vectors }) => {
  test('there are cases', () => expect(vectors).toHaveLength(10));
  test.each(vectors.filter(({ input }) => input.test))('$id', check);
  test.each(vectors.filter(({ input }) => !input.test))('$id', ({ input, output }) => {
    const found = effectOf(...armsOf({ id: '', input, output }), input.config.difference_type === 'relative');
    const { point_estimate: effect, standard_error: error, error_message: message } = output as unknown as Record<string, number>;
    if (message) return expect(found).toBeUndefined();
    close(found!.effect, effect!);
    close(found!.standardError, error!);
  });
});

describeWith<Vectors<{ get_risk?: { mu: number; sigma: number }; risk: [number, number] }>>('vectors/bayesian.json', ({ vectors, asserted }) => {
  test('there are cases', () => expect(vectors).toHaveLength(21));
  test.each(vectors)('$id', check);
  // What is asserted of a chance to win from an interval alone is a conversion that nothing here asks for.
  const published = asserted.filter((each) => 'stddev' in each) as unknown as (Published & {
    readonly prior?: { readonly mean: number; readonly variance: number };
    readonly chanceToWin: number;
    readonly risk: readonly [number, number];
  })[];
  test('there are three published ones', () => expect(published).toHaveLength(3));
  test.each(published)('published: $expected', ({ a = published[1]!.a, b = published[1]!.b, prior, chanceToWin, risk, ...expected }) => {
    const [control, arm] = [a!, b!].map(armFrom) as [Moments, Moments];
    const found = compare({ kind: 'bayes', ...(prior && { prior }) }, control, arm, { relative: true })!;
    agree(found, expected);
    expect(found.chanceToWin).toBeCloseTo(chanceToWin, 5);
    risk.forEach((loss, of) => expect(found.risk![of]).toBeCloseTo(loss, 5));
  });
  test.each(asserted.filter((each) => each.get_risk))('risk of $get_risk', ({ get_risk: of, risk }) =>
    expectedLoss(of!.mu, of!.sigma).forEach((loss, arm) => expect(loss).toBeCloseTo(risk[arm]!, 10)),
  );
});

describeWith<Vectors>('vectors/sequential_asymptotic_cs.json', ({ vectors }) => {
  test('there are cases', () => expect(vectors).toHaveLength(16));
  test.each(vectors)('$id', (vector) => {
    check(vector);
    const { pValue } = compareAs(vector)!;
    // One-sided p is found by a coarse bisection there, up to .4999; here it is exact, up to 1.
    if (vector.input.test!.includes('OneSided')) expect(Math.abs(Math.min(0.4999, pValue!) - vector.output.pValue!)).toBeLessThan(2e-4);
    else close(pValue!, vector.output.pValue!);
  });
});

describe('a relative effect by Fieller’s interval', () => {
  const careful: Engine = { kind: 'confidence-sequence', tuning: 500, careful: true },
    plain: Engine = { kind: 'confidence-sequence', tuning: 500 };
  const share = (n: number, sum: number): Moments => ({ kind: 'proportion', n, sum });

  test('excludes zero exactly when the interval of the difference does, and so says its p-value', () => {
    const random = seeded(9);
    let excluded = 0;
    for (let run = 0; run < 400; run++) {
      const before = () => Array.from({ length: 60 }, () => [Math.floor(3 * random() ** 2), 1 + Math.floor(3 * random())] as const);
      const shift = random() < 0.5 ? 0 : 1;
      const pairs: [Moments, Moments][] = [
        [share(200, 1 + Math.floor(60 * random())), share(200, 1 + Math.floor(60 * random()))],
        [regressionMoments(before()), regressionMoments(before().map(([y, x]) => [y + shift, x] as const))],
        [ratioMoments(before()), ratioMoments(before().map(([m, d]) => [m + shift * d, d] as const))],
      ];
      for (const [control, arm] of pairs) {
        const [relative, absolute] = [true, false].map((of) => compare(careful, control, arm, { relative: of })!);
        const beside = ({ interval: [low, high] }: Comparison): boolean => low > 0 || high < 0;
        // Nothing can be said as a share of a control that may be zero.
        if (relative!.interval[0] === -Infinity) continue;
        expect(beside(relative!)).toBe(beside(absolute!));
        expect(relative!.pValue! < 0.05).toBe(beside(relative!));
        expect(relative!.effect).toBeCloseTo(compare(plain, control, arm, { relative: true })!.effect, 12);
        excluded += Number(beside(relative!));
      }
    }
    expect(excluded).toBeGreaterThan(200);
  });

  test('is that of the delta method with many successes, is not sure of an arm with few, and has no end where the control may be zero', () => {
    const [close, far] = [careful, plain].map((engine) => compare(engine, share(1e6, 2e5), share(1e6, 2.1e5), { relative: true })!.interval);
    close!.forEach((end, i) => expect(Math.abs(end - far![i]!)).toBeLessThan(3e-4));
    const few = [careful, plain].map((engine) => compare(engine, share(100, 8), share(100, 1), { relative: true })!.interval[1]);
    expect(few[1]).toBeLessThan(-0.4);
    expect(few[0]).toBeGreaterThan(0);
    expect(compare(careful, share(100, 1), share(100, 8), { relative: true })!.interval).toEqual([-Infinity, Infinity]);
  });
});

test('half the viewers, half the arms: 49 of 100 against 51 of 100', () => {
  const arm = (hits: number): Moments => proportionMoments(Array.from({ length: 100 }, (_, i) => i < hits));
  expect(relativeLift(arm(49), arm(51))!.effect).toBeCloseTo(0.04082, 5);
});
