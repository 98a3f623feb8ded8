import { normal, seeded } from '../../math/random.ts';
import { regressionMoments, regressionRatioMoments, type ProportionMoments } from '../../plugins/experiments/statistics/moments.ts';
import { estimate } from '../../plugins/experiments/statistics/estimate.ts';
import { power } from '../../plugins/experiments/statistics/planning/power.ts';
import type { Engine } from '../../plugins/experiments/statistics/engines/engine.ts';
import { rehearse, type Rehearsed, type RehearsedTest } from '../../plugins/experiments/statistics/rehearsal/rehearse.ts';
import { allOf, DrawnArm, type PastUnits } from '../../plugins/experiments/statistics/rehearsal/units.ts';
import { evenly, type WayId } from '../../plugins/experiments/statistics/rehearsal/ways.ts';
import { wilson } from '../../plugins/experiments/statistics/wilson.ts';

const nothing = new Float64Array();
const units = (kind: PastUnits['kind'], n: number, m: (i: number) => number, d?: (i: number) => number): PastUnits => ({
  kind,
  m: Float64Array.from({ length: n }, (_, i) => m(i)),
  d: d ? Float64Array.from({ length: n }, (_, i) => d(i)) : nothing,
});
const random = seeded(3);
const planted = {
  normal: units('mean', 2_000, () => 10 + 3 * normal(random)),
  share: units('proportion', 1_000, (i) => Number(i % 5 === 0)),
  /** clicks of films shown: who sees more, clicks on more of them */
  ratio: units(
    'ratio',
    1_500,
    (i) => Math.floor((((i % 7) + 1) * (i % 11)) / 8),
    (i) => 10 * ((i % 7) + 1),
  ),
};
const test1: RehearsedTest = {
  units: [1_000, 1_000],
  effect: 0.03,
  relative: true,
  alpha: 0.05,
  tuning: 5_000,
  looks: 4,
  prior: null,
  minimum: 30,
};
const runs = 1_500;

function rehearsed(past: PastUnits, over: Partial<RehearsedTest> = {}, times = runs, seed = 1): ReadonlyMap<WayId, Rehearsed> {
  const work = rehearse(past, { ...test1, ...over }, times, seed);
  const parts: number[] = [];
  let step = work.next();
  for (; !step.done; step = work.next()) parts.push(step.value);
  expect([parts.every((part, i) => part >= (parts[i - 1] ?? 0)), parts.at(-1)]).toEqual([true, 1]);
  return new Map(step.value.map((way) => [way.id, way]));
}

test('an arm of drawn units has the sums of its units, and with an effect those of the larger metric', () => {
  for (const past of Object.values(planted)) {
    const arm = new DrawnArm(past, past.kind === 'proportion' ? (0.2 * 0.5) / 0.8 : 0);
    arm.growTo(10_000, seeded(1));
    arm.growTo(40_000, seeded(2));
    const [all, drawn, larger] = [allOf(past), arm.moments(0)[0]!, arm.moments(0.5)[0]!].map(estimate) as [E, E, E];
    expect(drawn.n).toBe(40_000);
    expect(drawn.value / all.value).toBeCloseTo(1, 1);
    expect(drawn.variance / all.variance).toBeCloseTo(1, 1);
    expect(larger.value / drawn.value).toBeCloseTo(1.5, past.kind === 'proportion' ? 1 : 10);
  }
});
type E = ReturnType<typeof estimate>;

test.each(Object.entries(planted))('equal arms of a %s: ways that promise it keep to α, peeking does not', (_, past) => {
  const found = rehearsed(past, past.kind === 'proportion' ? { relative: false } : {});
  for (const id of ['fixed', 'sequential', 'group-sequential', 'bayes'] as const) {
    // The share that was found may be above α by chance; its interval may not.
    expect([id, found.get(id)!.falseAlarms.low <= 0.05]).toEqual([id, true]);
  }
  for (const id of ['fixed-peeking', 'bayes-peeking'] as const) expect(found.get(id)!.falseAlarms.low).toBeGreaterThan(0.1);
  expect(found.get('fixed')!.falseAlarms.high).toBeGreaterThan(0.04);
  const { share, low, high } = found.get('fixed')!.falseAlarms;
  expect([low, high]).toEqual(wilson(Math.round(share * runs), runs));
});

test('the effect is found as often as planning says', () => {
  const { value, variance } = estimate(allOf(planted.normal));
  const engines: [WayId, Engine][] = [
    ['fixed', { kind: 'fixed' }],
    ['group-sequential', { kind: 'group-sequential', looks: evenly(4) }],
    ['bayes', { kind: 'bayes', prior: { mean: 0.02, variance: 0.02 ** 2 } }],
  ];
  const found = rehearsed(planted.normal, { prior: { mean: 0.02, variance: 0.02 ** 2 } });
  for (const [id, engine] of engines) {
    const planned = power({ engine, mean: value, variance, shares: [0.5, 0.5], relative: true }, 2_000, 0.03);
    const { low, high } = found.get(id)!.found;
    expect(planned).toBeGreaterThan(0.5);
    expect([id, low - 0.02 < planned && planned < high + 0.02]).toEqual([id, true]);
  }
});

test('of yes-or-no units so many more say yes, and an effect on a ratio is found by the delta method', () => {
  const { n, sum } = allOf(planted.share) as ProportionMoments,
    p = sum / n;
  for (const [past, variance, mean] of [
    [planted.share, p * (1 - p), p],
    [planted.ratio, estimate(allOf(planted.ratio)).variance, estimate(allOf(planted.ratio)).value],
  ] as const) {
    const design = { engine: { kind: 'fixed' }, mean, variance, shares: [0.5, 0.5], relative: true } as const,
      effect = 0.2,
      planned = power(design, 2_000, effect);
    const { low, high } = rehearsed(past, { effect }, 500).get('fixed')!.found;
    expect(planned).toBeGreaterThan(low - 0.03);
    expect(planned).toBeLessThan(high + 0.03);
  }
  expect(() => rehearsed(planted.share, { effect: 5 })).toThrow(RangeError);
});

test('a metric that should fall is made to fall: sums are as much smaller, and of yes-or-no units as many fewer say yes', () => {
  for (const past of Object.values(planted)) {
    const effect = -0.2,
      found = rehearsed(past, { effect }, 500).get('fixed')!,
      { value, variance } = estimate(allOf(past)),
      // The delta method's: the control's by the squared quotient, and the arm's, which varies less.
      arm = past.kind === 'proportion' ? 0.8 * value * (1 - 0.8 * value) : 0.64 * variance,
      design = {
        engine: { kind: 'fixed' },
        mean: value,
        variance: (0.64 * variance + arm) / 2,
        shares: [0.5, 0.5],
        relative: false,
      } as const,
      planned = power(design, 2_000, 0.2 * value);
    expect([past.kind, Math.abs(found.found.share - planned) < 0.1]).toEqual([past.kind, true]);
  }
  expect(() => rehearsed(planted.share, { effect: -1 })).toThrow(RangeError);
});

test('with what is known beforehand more is found, as often as the variance that is left says, and no more false alarms are seen', () => {
  const random = seeded(5),
    n = 4_000,
    past = Float64Array.from({ length: n }, () => 10 + 3 * normal(random)),
    // Half of what varies was there before, and a quarter of it by group.
    noise = Float64Array.from({ length: n }, () => normal(random));
  const plain: PastUnits = { kind: 'mean', m: past.map((a, i) => a + 2 * noise[i]! + 2 * (i % 2)), d: nothing };
  const known: PastUnits = { ...plain, before: { a: past, b: nothing, stratum: Uint16Array.from({ length: n }, (_, i) => i % 2), strata: 2 } };
  const [without, using] = [plain, known].map((units) => rehearsed(units, { effect: 0.03 }, 600).get('fixed')!) as [Rehearsed, Rehearsed];
  const design = { engine: { kind: 'fixed' }, mean: estimate(allOf(plain)).value, shares: [0.5, 0.5], relative: true } as const;
  expect(Math.abs(without.found.share - power({ ...design, variance: estimate(allOf(plain)).variance }, 2_000, 0.03))).toBeLessThan(0.06);
  // 4 of noise is left: the past takes 9 off, the groups 1.
  expect(Math.abs(using.found.share - power({ ...design, variance: 4 }, 2_000, 0.03))).toBeLessThan(0.06);
  expect(using.found.share).toBeGreaterThan(without.found.share + 0.2);
  expect(using.falseAlarms.low).toBeLessThanOrEqual(0.05);
});

test('the past of a ratio and of yes-or-no units goes into the sums as their own moments', () => {
  const random = seeded(6),
    pick = (most: number): Float64Array => Float64Array.from({ length: 50 }, () => Math.floor(random() * most));
  const [m, d, a, b] = [pick(4), pick(9), pick(4), pick(9)],
    stratum = new Uint16Array(50);
  const ratio = allOf({ kind: 'ratio', m, d, before: { a, b, stratum, strata: 1 } });
  const all = regressionRatioMoments(Array.from(m, (top, i) => [top, d[i]!, a[i]!, b[i]!] as const));
  expect(ratio).toEqual(all);
  const yes = pick(2);
  expect(allOf({ kind: 'proportion', m: yes, d: nothing, before: { a, b: nothing, stratum, strata: 1 } })).toEqual(
    regressionMoments(
      Array.from(yes, (y, i) => [y, a[i]!] as const),
      'proportion',
    ),
  );
});

test('nothing is said before each arm has what the metric needs, and the same seed gives the same figures', () => {
  const silent = rehearsed(planted.normal, { minimum: 1_001, effect: 1 }, 20);
  for (const { falseAlarms, found } of silent.values()) expect([falseAlarms.share, found.share]).toEqual([0, 0]);
  expect([...rehearsed(planted.normal, {}, 50)]).toEqual([...rehearsed(planted.normal, {}, 50)]);
  expect([...rehearsed(planted.normal, {}, 50, 2)]).not.toEqual([...rehearsed(planted.normal, {}, 50)]);
});

test('planned looks need not be among the twenty of somebody who peeks', () => {
  const found = rehearsed(planted.normal, { looks: 3 });
  expect(found.get('group-sequential')!.falseAlarms.low).toBeLessThanOrEqual(0.05);
  expect(found.get('group-sequential')!.found.share).toBeGreaterThan(0.5);
});
