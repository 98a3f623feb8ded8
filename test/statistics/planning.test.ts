import { sequenceWidth, mixtureRho } from '../../plugins/experiments/statistics/engines/confidence-sequence.ts';
import type { Engine } from '../../plugins/experiments/statistics/engines/engine.ts';
import { normalPoint } from '../../plugins/experiments/statistics/distributions.ts';
import type { Design } from '../../plugins/experiments/statistics/planning/design.ts';
import { daysLeft, minimumEffect, sampleSize } from '../../plugins/experiments/statistics/planning/plan.ts';
import { power } from '../../plugins/experiments/statistics/planning/power.ts';
import { describeWith } from '../shared-data.ts';

interface Metric {
  mean: number;
  variance: number;
  effect: number;
}
interface Reference {
  type: 'continuous' | 'binomial' | 'power';
  mde: number;
  rtol: number;
  n_tot: number;
  p?: number;
  var?: number;
  alpha?: number;
  power?: number;
  alloc?: number[];
}
interface Vectors {
  growthbook: {
    power: { metric?: Metric; power: number }[];
    mde: { mde: number }[];
    weekly: Record<string, number[]>;
    bayesian_mde: { metric: Metric; prior: { mean: number; variance: number }; n_per_variation: number; mde_relative: number; mde_absolute: number };
  };
  spotify_gpower_references: Reference[];
  wasabi: { rate: number; alloc: [number, number]; effect: number; conf: number; n: number }[];
}
const third: Design['shares'] = [1 / 3, 1 / 3];
const design = (engine: Engine, { mean, variance }: { mean: number; variance: number }, more: Partial<Design> = {}): Design => ({
  engine,
  mean,
  variance,
  shares: third,
  relative: true,
  ...more,
});
const fixed: Engine = { kind: 'fixed' };

/**
 * The reference plans a confidence sequence by a variance that is larger by (width / z)², which is more cautious than the
 * chance itself; its figures come out of ours by the same rule.
 */
const inflated = (metric: { mean: number; variance: number }, units: number): { mean: number; variance: number } => {
  const width = sequenceWidth(units, mixtureRho(0.05, 5_000, 'both'), 0.05, 'both');
  return { mean: metric.mean, variance: metric.variance * (width / normalPoint(0.975)) ** 2 };
};

describeWith<Vectors>('vectors/power_mde_samplesize.json', ({ growthbook, spotify_gpower_references: spotify, wasabi }) => {
  const metric = growthbook.power[0]!.metric!;
  test('power and minimum effect', () => {
    expect(power(design(fixed, metric), 400_000, metric.effect)).toBeCloseTo(growthbook.power[0]!.power, 5);
    expect(minimumEffect(design(fixed, metric), 400_000)).toBeCloseTo(growthbook.mde[0]!.mde, 5);
    const sequential = design(fixed, inflated(metric, (2 * 400_000) / 3));
    expect(power(sequential, 400_000, metric.effect)).toBeCloseTo(growthbook.power[1]!.power, 5);
    expect(minimumEffect(sequential, 400_000)).toBeCloseTo(growthbook.mde[1]!.mde, 5);
  });
  const bayes: Engine = { kind: 'bayes', prior: { mean: 0.2, variance: 0.3 } };
  const weekly = [
    { name: 'clicks', mean: 0.1, variance: 0.09, effect: 0.05 },
    { name: 'revenue', mean: 0.1, variance: 0.5, effect: 0.3 },
  ].flatMap((each, m) => Array.from({ length: 9 }, (_, week) => ({ ...each, week: week + 1, at: 2 * week + m })));
  test.each(weekly)('week $week, $name', ({ week, at, effect, ...of }) => {
    const units = 4_500 * week;
    const expected = growthbook.weekly;
    expect(power(design(fixed, of), units, effect)).toBeCloseTo(expected.power_frequentist![at]!, 4);
    expect(minimumEffect(design(fixed, of), units)).toBeCloseTo(expected.mde_frequentist![at]!, 4);
    expect(power(design(bayes, of), units, effect)).toBeCloseTo(expected['power_bayesian(prior N(0.2,0.3) proper)']![at]!, 4);
    expect(minimumEffect(design(bayes, of), units)).toBeCloseTo(expected.mde_bayesian![at]!, 4);
    const sequential = design(fixed, inflated(of, (2 * units) / 3));
    expect(power(sequential, units, effect)).toBeCloseTo(expected['power_sequential(5000)']![at]!, 4);
    expect(minimumEffect(sequential, units)).toBeCloseTo(expected.mde_sequential![at]!, 4);
  });
  test('minimum effect with a prior', () => {
    const { metric: of, prior, n_per_variation: n, mde_relative: relative, mde_absolute: absolute } = growthbook.bayesian_mde;
    const planned = design({ kind: 'bayes', prior }, of);
    expect(minimumEffect(planned, 3 * n)).toBeCloseTo(relative, 4);
    expect(minimumEffect({ ...planned, relative: false }, 3 * n)! / of.mean).toBeCloseTo(absolute, 2);
  });
  test.each(spotify.filter(({ type }) => type !== 'power'))(
    'sample size of %j',
    ({ p, var: variance, mde, n_tot, rtol, alpha = 0.05, power: wanted = 0.85, alloc }) => {
      const shares: Design['shares'] = alloc ? [alloc[0]!, alloc.at(-1)!] : [0.5, 0.5];
      const planned = design(fixed, { mean: p ?? 1, variance: variance ?? p! * (1 - p!) }, { relative: false, shares, alpha });
      expect(Math.abs(sampleSize(planned, mde, wanted)! / n_tot - 1)).toBeLessThan(rtol);
    },
  );
  test('power of unlike arms', () => {
    const { var: variance, mde, alpha, n1, n2, power: expected } = spotify.at(-1)! as unknown as Record<string, number>;
    const units = n1! + n2!;
    const planned = design(fixed, { mean: 1, variance: variance! }, { relative: false, alpha: alpha!, shares: [n1! / units, n2! / units] });
    expect(power(planned, units, mde!)).toBeCloseTo(expected!, 2);
  });
  test.each(wasabi)('units for an interval of ± $effect at $conf', ({ rate, alloc, effect, conf, n }) => {
    // Half of all tests find what their interval's half-width is.
    const planned = design(fixed, { mean: rate, variance: rate * (1 - rate) }, { relative: false, shares: alloc, alpha: 1 - conf });
    expect(Math.abs(sampleSize(planned, effect, 0.5)! - n)).toBeLessThanOrEqual(Math.max(1, n * 0.001));
  });
});

const engines: Engine[] = [
  fixed,
  { kind: 'confidence-sequence' },
  { kind: 'msprt' },
  { kind: 'group-sequential', looks: [0.25, 0.5, 0.75, 1] },
  { kind: 'bayes' },
  { kind: 'bayes', prior: { mean: 0, variance: 0.09 } },
];
test.each(engines)('sample size, power and minimum effect of $kind agree', (engine) => {
  const planned = design(engine, { mean: 0.2, variance: 0.16 }, { shares: [0.5, 0.5] });
  const units = sampleSize(planned, 0.05)!;
  expect(power(planned, units, 0.05)).toBeGreaterThanOrEqual(0.8);
  expect(power(planned, units * 0.999, 0.05)).toBeLessThan(0.8);
  expect(minimumEffect(planned, units)).toBeCloseTo(0.05, 5);
});

test('being allowed to look costs units: none, scheduled looks, any look', () => {
  const units = engines.slice(0, 4).map((engine) => sampleSize(design(engine, { mean: 0.2, variance: 0.16 }, { shares: [0.5, 0.5] }), 0.05)!);
  const [once, always, , scheduled] = units as [number, number, number, number];
  expect(once).toBeLessThan(scheduled);
  expect(scheduled).toBeLessThan(always);
});

test('nothing that cannot be found is promised', () => {
  expect(minimumEffect(design(fixed, { mean: 0.1, variance: 0.09 }), 10)).toBeUndefined();
  expect(sampleSize(design(fixed, { mean: 0.1, variance: 0.09 }), 0)).toBeUndefined();
  expect([daysLeft(100, 100, 5), daysLeft(100, 40, 25), daysLeft(100, 40, 0)]).toEqual([0, 3, undefined]);
});
