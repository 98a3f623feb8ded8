import { seeded } from '../../math/random.ts';
import { learning, trend } from '../../plugins/experiments/statistics/health/novelty.ts';
import { positionRates } from '../../plugins/experiments/statistics/lists/positions.ts';
import {
  coverage,
  coverageOf,
  diversity,
  entropy,
  gini,
  miscalibration,
  novelty,
  serendipity,
} from '../../plugins/experiments/statistics/lists/variety.ts';
import { wilson } from '../../plugins/experiments/statistics/wilson.ts';
import { describeWith } from '../shared-data.ts';

interface Pairs {
  user: number[];
  item: number[];
}
interface Lists {
  diversity_data: { train: Pairs; reco: Pairs & { relevance: number[] }; item_features: Record<string, number[]> };
  diversity_expected: Record<string, number & Record<string, number> & number[]>;
}
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

// The ranking metrics of the file (nDCG, MAP, …) belong to the evaluation of models: test/evaluation/metrics.test.ts.
describeWith<Lists>('vectors/list_metrics.json', ({ diversity_data: { train, reco, item_features: features }, diversity_expected: expected }) => {
  const of = ({ user, item }: Pairs, who: number): number[] => item.filter((_, i) => user[i] === who);
  const users = [1, 2, 3];
  const holders = (film: number): number[] => train.user.filter((_, i) => train.item[i] === film);
  const together = (a: number, b: number): number => holders(a).filter((who) => holders(b).includes(who)).length;
  const coOccurrence = (a: number, b: number): number => together(a, b) / Math.sqrt(together(a, a) * together(b, b));
  const dot = (a: number[], b: number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  const byFeatures = (a: number, b: number): number => {
    const [x, y] = [features[a]!, features[b]!];
    return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
  };
  const counts = (items: readonly number[]): number[] => [...new Set(items)].map((film) => items.filter((each) => each === film).length);

  test('coverage, entropy and novelty', () => {
    expect(coverage(reco.item, new Set(train.item).size)).toBeCloseTo(expected.catalog_coverage!, 4);
    expect(entropy(counts(reco.item))).toBeCloseTo(expected.distributional_coverage!, 4);
    for (const [film, bits] of Object.entries(expected.item_novelty!))
      expect(novelty(holders(Number(film)).length, train.item.length)).toBeCloseTo(bits, 4);
    expect(average(reco.item.map((film) => novelty(holders(film).length, train.item.length)))).toBeCloseTo(expected.novelty!, 4);
  });
  test.each([
    ['cooccurrence', coOccurrence],
    ['features', byFeatures],
  ])('diversity and serendipity by %s', (name, similarity) => {
    const each = users.map((who) => diversity(of(reco, who), similarity));
    each.forEach((value, i) => expect(value).toBeCloseTo(Number(Object.values(expected[`user_diversity_${name}`]!)[i]), 4));
    expect(average(each)).toBeCloseTo(expected[`diversity_${name}`]!, 4);
    const relevance = (who: number): number[] => reco.relevance.filter((_, i) => reco.user[i] === who);
    const surprise = users.map((who) => serendipity(of(reco, who), relevance(who), of(train, who), similarity));
    surprise.forEach((value, i) => expect(value).toBeCloseTo(Number(Object.values(expected[`user_serendipity_${name}`]!)[i]), 4));
  });
});

interface Item<V> {
  vectors: V[];
}
interface Extras {
  items: {
    calibration_kl: Item<{ p: Record<string, number>; q: Record<string, number>; C_KL: number }>;
    exposure_gini: Item<{ x: number[]; gini: number }>;
    per_position_ctr: Item<{ position: number; clicks: number; impressions: number; ctr: number; wilson95: [number, number]; theta: number }>;
    novelty_slope: Item<{ lift: number[]; se: number[]; intercept: number; slope: number; z: number; p: number }> & {
      did: { T: [number, number]; C: [number, number]; learning: number };
    };
  };
}
describeWith<Extras>('vectors/recommender_extras.json', ({ items }) => {
  test.each(items.calibration_kl.vectors)('calibration of $q', ({ p, q, C_KL }) => expect(miscalibration(p, q)).toBeCloseTo(C_KL, 10));
  test.each(items.exposure_gini.vectors)('Gini of $x', ({ x, gini: expected }) => expect(gini(x)).toBeCloseTo(expected, 12));
  test('click-through rate by position', () => {
    positionRates(items.per_position_ctr.vectors).forEach((found, i) => {
      const { ctr, wilson95, theta } = items.per_position_ctr.vectors[i]!;
      expect(found.rate).toBeCloseTo(ctr, 12);
      expect(found.attention).toBeCloseTo(theta, 12);
      found.interval.forEach((end, side) => expect(end).toBeCloseTo(wilson95[side]!, 10));
    });
  });
  test.each(items.novelty_slope.vectors)('trend of $lift', ({ lift, se, intercept, slope, z, p }) => {
    const found = trend(lift.map((effect, day) => ({ day, effect, standardError: se[day]! })))!;
    expect(found.intercept).toBeCloseTo(intercept, 10);
    expect(found.slope).toBeCloseTo(slope, 10);
    expect(found.z).toBeCloseTo(z, 8);
    expect(found.pValue).toBeCloseTo(p, 10);
    expect(found.kind).toBe(p < 0.05 ? 'novelty' : 'steady');
  });
  test('learning', () => expect(learning(items.novelty_slope.did.T, items.novelty_slope.did.C)).toBeCloseTo(items.novelty_slope.did.learning, 12));
});

test('the interval of coverage holds what other viewers would have been shown on average, in about 95 of 100 samples', () => {
  const random = seeded(6),
    films = 400,
    viewer = (): number[] => Array.from({ length: 10 }, () => Math.floor(films * random() ** 3)),
    samples = Array.from({ length: 400 }, () => coverageOf(Array.from({ length: 60 }, viewer), films));
  const truth = average(samples.map(({ value }) => value)),
    held = samples.filter(({ interval: [low, high] }) => low <= truth && truth <= high).length / samples.length;
  expect(held).toBeGreaterThan(0.92);
  expect(held).toBeLessThan(0.995);
  expect(
    coverageOf(
      [
        [1, 2],
        [2, 3],
      ],
      4,
    ),
  ).toMatchObject({ value: 0.75 });
});

test('an effect that falls below 0 ever more is no novelty; too few days tell nothing', () => {
  const days = (effects: number[]) => effects.map((effect, day) => ({ day, effect, standardError: 0.001 }));
  expect(trend(days([-0.01, -0.02, -0.03]))!.kind).toBe('learning');
  expect(trend(days([-0.03, -0.02, -0.01]))!.kind).toBe('novelty');
  expect(trend(days([0.1, 0.2]))).toBeUndefined();
});

test('edges: nothing shown, nothing clicked, a list of one', () => {
  expect(wilson(0, 0)).toEqual([0, 1]);
  expect(wilson(0, 10)[0]).toBeCloseTo(0, 12);
  expect(wilson(10, 10)[1]).toBeCloseTo(1, 12);
  expect(gini([0, 0])).toBe(0);
  expect(diversity([1], () => 1)).toBeNaN();
  expect(positionRates([{ position: 2, clicks: 1, impressions: 2 }])[0]!.attention).toBeNaN();
});
