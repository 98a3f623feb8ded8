import fc from '../harness/properties.ts';
import { theta, varianceLeft } from '../../plugins/experiments/statistics/cuped.ts';
import { effectOf } from '../../plugins/experiments/statistics/effect.ts';
import { compare, compareStrata } from '../../plugins/experiments/statistics/engines/compare.ts';
import type { Engine } from '../../plugins/experiments/statistics/engines/engine.ts';
import { estimate } from '../../plugins/experiments/statistics/estimate.ts';
import {
  meanMoments,
  proportionMoments,
  ratioMoments,
  regressionMoments,
  regressionRatioMoments,
  type Moments,
  type QuantileMoments,
  type SumMoments,
} from '../../plugins/experiments/statistics/moments.ts';
import { quantileRanks } from '../../plugins/experiments/statistics/quantile.ts';
import { add, addAll, subtract } from '../../plugins/experiments/statistics/sums.ts';

const runs = { seed: 11, numRuns: 60 };
const whole = fc.integer({ min: 0, max: 9 });
const units = fc.array(fc.tuple(whole, fc.integer({ min: 1, max: 9 }), whole, fc.integer({ min: 1, max: 9 })), { minLength: 5, maxLength: 60 });
type Units = [number, number, number, number][];
const kinds: Record<string, (units: Units) => SumMoments> = {
  proportion: (all) => proportionMoments(all.map(([m]) => m > 4)),
  mean: (all) => meanMoments(all.map(([m]) => m)),
  ratio: (all) => ratioMoments(all.map(([m, d]) => [m, d])),
  regression: (all) => regressionMoments(all.map(([m, , a]) => [m, a])),
  'regression of a proportion': (all) =>
    regressionMoments(
      all.map(([m, , a]) => [Number(m > 4), Number(a > 4)]),
      'proportion',
    ),
  'regression-ratio': (all) => regressionRatioMoments(all),
};
const engines: Engine[] = [
  { kind: 'fixed' },
  { kind: 'confidence-sequence' },
  { kind: 'msprt' },
  { kind: 'group-sequential', looks: [0.5, 1] },
  { kind: 'bayes' },
  { kind: 'bayes', prior: { mean: 0, variance: 0.09 } },
];

describe.each(Object.entries(kinds))('%s', (_, of) => {
  test('the sums of two groups are those of all, and taking one away leaves the other', () =>
    fc.assert(
      fc.property(units, units, (a, b) => {
        expect(add(of(a), of(b))).toEqual(of([...a, ...b]));
        expect(subtract(of([...a, ...b]), of(b))).toEqual(of(a));
        expect(addAll([of(a), of(b)])).toEqual(add(of(a), of(b)));
        expect(JSON.parse(JSON.stringify(of(a)))).toEqual(of(a));
      }),
      runs,
    ));
  test('no engine finds anything between an arm and itself; swapped arms give the opposite', () =>
    fc.assert(
      fc.property(units, units, (a, b) => {
        for (const engine of engines) {
          const same = compare(engine, of(a), of(a), { relative: false });
          if (same) expect(Math.abs(same.effect)).toBeLessThan(1e-12);
          const [there, back] = [compare(engine, of(a), of(b), { relative: false }), compare(engine, of(b), of(a), { relative: false })];
          // A prior is rescaled by the control's own value, so that it is not the same both ways.
          if (!there || !back || (engine.kind === 'bayes' && engine.prior)) continue;
          expect(there.effect).toBeCloseTo(-back.effect, 9);
          expect(there.interval[0]).toBeCloseTo(-back.interval[1], 9);
        }
      }),
      runs,
    ));
  test('the interval is around the effect, excludes 0 exactly when p is below α, and narrows with α', () =>
    fc.assert(
      fc.property(units, units, fc.boolean(), fc.double({ min: 0.001, max: 0.3, noNaN: true }), (a, b, relative, alpha) => {
        for (const engine of engines) {
          const found = compare(engine, of(a), of(b), { relative, alpha });
          if (!found) continue;
          const [low, high] = found.interval;
          expect((low + high) / 2).toBeCloseTo(found.effect, 6);
          if (found.pValue !== undefined && Math.abs(found.pValue - alpha) > 1e-6) expect(found.pValue < alpha).toBe(low > 0 || high < 0);
          const wider = compare(engine, of(a), of(b), { relative, alpha: alpha / 2 })!.interval;
          // The mixture of mSPRT depends on α, and only its p-value is ordered.
          if (engine.kind !== 'msprt') expect(wider[0]).toBeLessThanOrEqual(low + 1e-12);
        }
      }),
      { ...runs, numRuns: 25 },
    ));
});

test('one stratum is no stratification; strata that are alike change nothing but the degrees of freedom', () =>
  fc.assert(
    fc.property(units, units, (a, b) => {
      for (const of of Object.values(kinds)) {
        const plain = effectOf(of(a), of(b), false);
        const found = compareStrata({ kind: 'fixed' }, [{ control: of(a), arm: of(b) }], { relative: false });
        if (!plain) expect(found).toBeUndefined();
        else expect([found!.effect, found!.standardError]).toEqual([plain.effect, plain.standardError].map((each) => expect.closeTo(each, 9)));
      }
    }),
    runs,
  ));

test('strata too small to be weighed join others, and a different mix in each arm is evened out', () => {
  const stratum = (rate: number, n: number, m: number) => {
    const arm = (size: number): Moments & { kind: 'proportion' } => ({ kind: 'proportion', n: size, sum: Math.round(size * rate) });
    return { control: arm(n), arm: arm(m) };
  };
  // Both kinds do the same in both arms; the arm only has more of the eager ones.
  const strata = [stratum(0.1, 600, 400), stratum(0.5, 400, 600)];
  const found = compareStrata({ kind: 'fixed' }, strata, { relative: false })!;
  expect(found.effect).toBeCloseTo(0, 12);
  const pooled = compare({ kind: 'fixed' }, addAll(strata.map(({ control }) => control))!, addAll(strata.map(({ arm }) => arm))!, {
    relative: false,
  })!;
  expect(pooled.effect).toBeCloseTo(0.08, 12);
  const small = compareStrata({ kind: 'fixed' }, [...strata, stratum(0.4, 5, 5)], { relative: false })!;
  expect(Math.abs(small.effect)).toBeLessThan(0.005);
  expect(() => compareStrata({ kind: 'fixed' }, [], { relative: false })).toThrow(TypeError);
});

test('CUPED: a covariate that tells nothing changes nothing, one that tells all leaves nothing', () => {
  const flat = regressionMoments([1, 2, 3, 4].map((y) => [y, 7] as const));
  expect([theta(flat, flat), varianceLeft(flat, flat)]).toEqual([0, 1]);
  const exact = regressionMoments([1, 2, 3, 4].map((y) => [y, 2 * y] as const));
  expect(theta(exact, exact)).toBeCloseTo(0.5, 12);
  expect(varianceLeft(exact, exact)).toBeCloseTo(0, 12);
  expect(theta(meanMoments([1, 2]), meanMoments([2, 3]))).toBe(0);
});

test('a quantile: clusters of one event are no clusters, clusters of equal events cost', () => {
  const values = Array.from({ length: 1_000 }, (_, i) => ((i * 7919) % 1_000) / 10);
  const sorted = [...values].sort((a, b) => a - b);
  const [lower, upper] = quantileRanks(0.5, values.length).map((rank) => sorted[Math.round(rank * 999)]!) as [number, number];
  const median: QuantileMoments = { kind: 'quantile', n: values.length, level: 0.5, value: sorted[500]!, lower, upper };
  const clusters = (size: number) => ratioMoments(Array.from({ length: 1_000 / size }, (_, i) => [i % 2 ? size : 0, size] as const));
  const variance = (of: QuantileMoments): number => estimate(of).variance;
  expect(variance({ ...median, clusters: clusters(1) }) / variance(median)).toBeCloseTo(1, 2);
  expect(variance({ ...median, clusters: clusters(4) }) / variance(median)).toBeCloseTo(4, 1);
  expect(quantileRanks(0.99, 10)[1]).toBe(1);
  expect(compare({ kind: 'fixed' }, { ...median, n: 3 }, median, { relative: false })).toBeUndefined();
});

test('sums of unlike kinds are refused', () => {
  expect(() => add<SumMoments>(meanMoments([1]), proportionMoments([true]))).toThrow('cannot be put together');
  expect(addAll([])).toBeUndefined();
});

test('one-sided questions go to engines that answer them', () => {
  const [a, b] = [1, 2].map((step) => meanMoments(Array.from({ length: 200 }, (_, i) => ((i % 7) + step) ** 1.1))) as [Moments, Moments];
  for (const engine of engines.slice(0, 4)) {
    if (engine.kind === 'msprt') continue;
    const [up, down] = (['greater', 'less'] as const).map((side) => compare(engine, a, b, { relative: false, side })!);
    expect([up!.interval[1], down!.interval[0]]).toEqual([Infinity, -Infinity]);
    expect(up!.pValue!).toBeLessThan(down!.pValue!);
  }
  for (const kind of ['bayes', 'msprt'] as const) expect(() => compare({ kind }, a, b, { relative: false, side: 'less' })).toThrow(RangeError);
});
