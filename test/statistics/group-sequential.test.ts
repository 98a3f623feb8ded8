import { compare } from '../../plugins/experiments/statistics/engines/compare.ts';
import { groupBounds, type GroupSequential } from '../../plugins/experiments/statistics/engines/group-sequential.ts';
import { information, type Spending } from '../../plugins/experiments/statistics/engines/spending.ts';
import { normalTwoSided } from '../../plugins/experiments/statistics/distributions.ts';
import type { MeanMoments } from '../../plugins/experiments/statistics/moments.ts';
import { describeWith } from '../shared-data.ts';

interface Arm {
  n: number;
  sum: number;
  ss: number;
}
interface Vectors {
  long_asserted: { t: number[]; alpha: number; z_bounds: number[] };
  asserted: [
    { counts_total: number[]; expected_final: number; alpha: number; adjusted_alpha: number[] },
    { a: Arm; b: Arm; final_expected: number; alpha: number; difference: number; adjusted_ci: [number, number] },
    { alpha: number; groups_day1: Arm[]; groups_day2: Arm[]; final_expected: number; adjusted_lower: number[]; adjusted_upper: number[] },
  ];
  reference_runs: { information_ratio: number[]; alpha: number; sides: 1 | 2; z_bounds: number[] }[];
  non_inferiority: { asserted: { a?: Arm; b?: Arm; alpha?: number; ci_lower: number | string; ci_upper: number | string }[] };
}
const design = (looks: readonly number[], spending?: Spending): GroupSequential => ({
  kind: 'group-sequential',
  looks,
  ...(spending && { spending }),
});
const mean = ({ n, sum, ss }: Arm): MeanMoments => ({ kind: 'mean', n, sum, squares: ss });

describeWith<Vectors>('vectors/group_sequential_bounds.json', ({ long_asserted: long, asserted, reference_runs: runs, non_inferiority: worse }) => {
  test.each(runs)('bounds at $information_ratio, $sides sides, α $alpha', ({ information_ratio: looks, alpha, sides, z_bounds: expected }) => {
    const found = groupBounds(design(looks), alpha, sides === 2 ? 'both' : 'greater');
    found.forEach((bound, look) => expect(Math.abs(bound - expected[look]!)).toBeLessThan(1e-4));
  });
  test('196 looks', () => {
    // The reference integrates by a coarser rule, whose error adds up over looks that lie so close; ours no longer changes
    // in the sixth digit when its grid is made six times finer.
    const found = groupBounds(design(long.t), long.alpha, 'both');
    expect(Math.max(...found.map((bound, look) => Math.abs(bound - long.z_bounds[look]!)))).toBeLessThan(0.03);
  });
  test('more units than planned', () => {
    const { counts_total: counts, expected_final: planned, alpha, adjusted_alpha: expected } = asserted[0];
    const found = groupBounds(design(information(counts, planned)), alpha, 'both').map(normalTwoSided);
    found.forEach((nominal, look) => expect(Math.abs(nominal - expected[look]!)).toBeLessThan(1e-4));
  });
  test('the interval of a first look', () => {
    const { a, b, alpha, final_expected: planned, difference, adjusted_ci: expected } = asserted[1];
    const engine = design(information([a.n + b.n], planned));
    const { effect, interval } = compare(engine, mean(a), mean(b), { relative: false, alpha })!;
    // The sums are rounded in the file, which already moves the difference by .0005.
    expect(Math.abs(effect - difference)).toBeLessThan(1e-3);
    interval.forEach((end, i) => expect(Math.abs(end - expected[i]!)).toBeLessThan(1e-3));
  });
  test('three arms with two looks, α shared between two comparisons', () => {
    const { alpha, groups_day1: first, groups_day2: second, final_expected: planned, adjusted_lower: lower, adjusted_upper: upper } = asserted[2];
    const looks = (arm: number): number[] =>
      information(
        [first, second].map((groups) => groups[0]!.n + groups[arm]!.n),
        planned,
      );
    const found = [1, 2].flatMap((arm) =>
      [0, 1].map((day) =>
        compare(design(looks(arm).slice(0, day + 1)), mean([first, second][day]![0]!), mean([first, second][day]![arm]!), {
          relative: false,
          alpha: alpha / 2,
        })!,
      ),
    );
    found.forEach(({ interval: [low, high] }, i) => {
      expect(low).toBeCloseTo(lower[i]!, 3);
      expect(high).toBeCloseTo(upper[i]!, 3);
    });
  });
  test('one-sided intervals of a margin', () => {
    const { a, b, alpha } = worse.asserted[0] as { a: Arm; b: Arm; alpha: number };
    for (const [side, at] of [
      ['greater', 0],
      ['less', 1],
    ] as const) {
      const { interval } = compare({ kind: 'fixed' }, mean(a), mean(b), { relative: false, alpha, side })!;
      const expected = worse.asserted[at]!;
      expect(interval[0]).toBeCloseTo(Number(expected.ci_lower), 4);
      expect(interval[1]).toBeCloseTo(Number(expected.ci_upper), 4);
    }
  });
});

test('published bounds: five looks at α .05 (Jennison & Turnbull 2000, tables 7.2 and 2.1 by their spending functions)', () => {
  const looks = [0.2, 0.4, 0.6, 0.8, 1];
  const found = groupBounds(design(looks, 'obrien-fleming'), 0.05, 'both');
  [4.8769, 3.3569, 2.6803, 2.2898, 2.031].forEach((z, look) => expect(found[look]!).toBeCloseTo(z, 3));
  const pocock = groupBounds(design(looks, 'pocock'), 0.05, 'both');
  [2.438, 2.4268, 2.4101, 2.3966, 2.3859].forEach((z, look) => expect(pocock[look]!).toBeCloseTo(z, 3));
});

test('one look is the fixed test; p crosses α where the interval leaves 0', () => {
  expect(groupBounds(design([1]), 0.05, 'both')[0]).toBeCloseTo(1.959964, 5);
  for (const sum of [55, 60, 63, 64, 65, 66, 70, 80]) {
    const [a, b]: MeanMoments[] = [50, sum].map((each) => ({ kind: 'mean', n: 100, sum: each, squares: each }));
    for (const alpha of [0.05, 0.01]) {
      const { pValue, interval } = compare(design([0.3, 0.6]), a!, b!, { relative: false, alpha })!;
      expect(pValue! < alpha).toBe(interval[0] > 0);
    }
  }
});

test('looks must rise within (0, 1]', () => {
  for (const looks of [[], [0], [0.5, 0.5], [0.5, 0.4], [0.5, 1.1], [NaN]])
    expect(() => groupBounds(design(looks), 0.05, 'both')).toThrow(RangeError);
});
