import { bootstrap, coverageOf, meanOf, ratioOf } from '../../jobs/evaluation/metrics/bootstrap.ts';
import { distribution, diversity, genresOf, meanOver, miscalibration, selfInformation } from '../../jobs/evaluation/metrics/lists.ts';
import { accuracyAt, accuracyOf, rankAmong } from '../../jobs/evaluation/metrics/ranking.ts';
import { describeWith } from '../shared-data.ts';
import { filmOf } from './data.ts';

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const log2 = Math.log2;

describe('a list against what is wanted', () => {
  test('by hand: the second and the fifth of five are two of three wanted', () => {
    const { hitRate, ndcg, recall, precision, mrr } = accuracyOf([7, 1, 8, 9, 2], new Set([1, 2, 3]), 10);
    expect({ hitRate, recall, precision, mrr }).toEqual({ hitRate: 1, recall: 2 / 3, precision: 0.2, mrr: 1 / 2 });
    expect(ndcg).toBeCloseTo((1 / log2(3) + 1 / log2(6)) / (1 + 1 / log2(3) + 1 / log2(4)), 12);
  });

  test('nothing found is 0, all found in front is 1, however many are wanted', () => {
    expect(accuracyOf([7, 8], new Set([1]), 10)).toEqual({ hitRate: 0, ndcg: 0, recall: 0, precision: 0, mrr: 0 });
    expect(accuracyOf([1, 2], new Set([1, 2]), 10)).toMatchObject({ ndcg: 1, recall: 1, mrr: 1 });
    const many = new Set(Array.from({ length: 30 }, (_, film) => film));
    expect(accuracyOf([...many].slice(0, 10), many, 10)).toMatchObject({ ndcg: 1, precision: 1, recall: 1 / 3 });
  });
});

describe('one film among others', () => {
  const scores = [3, 5, 3, 1, NaN, NaN, 3];
  test.each([
    ['ahead of all', 1, [0, 2, 3], 0],
    ['behind one that is better', 0, [1, 3], 1],
    ['ties count half', 0, [2, 6, 3], 1],
    ['better ones and ties', 0, [1, 2, 3], 1.5],
    ['itself is passed over', 0, [0, 1], 1],
    ['no opinion ranks below every opinion', 4, [3, 0], 2],
    ['and ties with no opinion', 4, [3, 5], 1.5],
    ['an opinion beats none', 3, [4, 5], 0],
  ])('%s', (_name, film, others, rank) => {
    expect(rankAmong(scores, film, Int32Array.from(others))).toBe(rank);
  });

  test('is found above rank ten, half ranks discounted between whole ones', () => {
    expect(accuracyAt(0, 10)).toEqual({ hitRate: 1, ndcg: 1, recall: 1, precision: 0.1, mrr: 1 });
    expect(accuracyAt(9.5, 10)).toMatchObject({ hitRate: 1, ndcg: 1 / log2(11.5), mrr: 1 / 10.5 });
    expect(accuracyAt(10, 10)).toEqual({ hitRate: 0, ndcg: 0, recall: 0, precision: 0, mrr: 0 });
  });

  test('agrees with a list where ranks are whole', () => {
    for (const rank of [0, 3, 9]) {
      const list = Array.from({ length: 10 }, (_, place) => (place === rank ? 1 : 100 + place));
      expect(accuracyAt(rank, 10)).toEqual(accuracyOf(list, new Set([1]), 10));
    }
  });
});

describe('what lists are like', () => {
  const genres = genresOf([filmOf(0, ['Drama']), filmOf(1, ['Drama', 'War']), filmOf(2, ['Comedy']), filmOf(3)]);

  test('self-information in bits, unrated films as if rated once', () => {
    expect([...selfInformation([4, 2, 1, 1, 0])]).toEqual([1, 2, 3, 3, 3]);
    expect(meanOver([0, 1, 4], selfInformation([4, 2, 1, 1, 0]))).toBe(2);
    expect(meanOver([], selfInformation([4]))).toBeNaN();
  });

  test('diversity over pairs of films whose genres are known', () => {
    expect(diversity([0, 1], genres)).toBeCloseTo(1 - 1 / Math.SQRT2, 12);
    expect(diversity([0, 1, 2, 3], genres)).toBeCloseTo(1 - 1 / Math.SQRT2 / 3, 12);
    expect(diversity([0, 3], genres)).toBeNaN();
  });

  test('the genres of a film share its part of the distribution', () => {
    expect([...distribution([0, 1, 3], genres)]).toEqual([
      [0, 0.75],
      [1, 0.25],
    ]);
    expect(miscalibration(distribution([3], genres), distribution([0], genres))).toBeNaN();
    expect(miscalibration(distribution([0, 1], genres), distribution([1, 0], genres))).toBeCloseTo(0, 12);
    expect(miscalibration(distribution([0, 1], genres), distribution([0], genres))).toBeGreaterThan(0.1);
  });

  test('coverage counts a film once', () => {
    expect(coverageOf([[0, 1], [1, 2], []], 6)([1, 1, 1])).toBe(0.5);
    const share = coverageOf([[0, 1], [1, 2], []], 6);
    expect([share([2, 0, 1]), share([1, 1, 1])]).toEqual([2 / 6, 0.5]);
  });
});

describe('bootstrap', () => {
  const values = Float64Array.from({ length: 400 }, (_, i) => (i % 4 === 0 ? 1 : 0));

  test('holds the mean, is about as wide as theory says, and comes out the same with the same seed', () => {
    const [one, same, other] = [4, 4, 5].map((seed) => bootstrap(400, { rate: meanOf(values) }, seed).rate);
    expect(one!.value).toBe(0.25);
    const error = Math.sqrt((0.25 * 0.75) / 400);
    expect(one!.low).toBeCloseTo(0.25 - 1.96 * error, 1);
    const width = (one!.high - one!.low) / (2 * 1.96 * error);
    expect(width).toBeGreaterThan(0.85);
    expect(width).toBeLessThan(1.15);
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
  });

  test('leaves out viewers without a number, and says so where nobody has one', () => {
    expect(bootstrap(4, { rate: meanOf(Float64Array.of(1, NaN, 0, NaN)) }, 1).rate).toMatchObject({ value: 0.5 });
    expect(bootstrap(2, { rate: meanOf(Float64Array.of(NaN, NaN)) }, 1).rate).toEqual({ value: NaN, low: NaN, high: NaN });
  });

  test('of a ratio weighs viewers by their parts', () => {
    const statistic = ratioOf(Float64Array.of(4, 1), Float64Array.of(4, 2));
    expect(statistic([1, 1])).toBeCloseTo(5 / 6, 12);
    expect(statistic([2, 1])).toBeCloseTo(9 / 10, 12);
  });

  test('of coverage lies around the coverage, although resamples see fewer viewers', () => {
    const lists = Array.from({ length: 100 }, (_, i) => [i, (i * 7) % 100, 100]);
    const { value, low, high } = bootstrap(100, { coverage: coverageOf(lists, 200) }, 1).coverage;
    expect(value).toBe(101 / 200);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });
});

interface ListVectors {
  readonly tolerance: number;
  readonly ranking_data: Readonly<Record<'true', Columns> & Record<'pred', Columns & { readonly prediction: readonly number[] }>>;
  readonly ranking_expected: Readonly<Record<string, number>>;
  readonly diversity_data: {
    readonly train: Columns;
    readonly reco: Columns;
    readonly item_features: Readonly<Record<string, readonly number[]>>;
  };
  readonly diversity_expected: {
    readonly catalog_coverage: number;
    readonly item_novelty: Readonly<Record<string, number>>;
    readonly novelty: number;
    readonly user_diversity_features: readonly number[];
  };
}
interface Columns {
  readonly user: readonly number[];
  readonly item: readonly number[];
}
const itemsOf = ({ user, item }: Columns, wanted: number, score: (row: number) => number = () => 0): number[] =>
  [...user.keys()]
    .filter((row) => user[row] === wanted)
    .sort((a, b) => score(b) - score(a))
    .map((row) => item[row]!);

describeWith<ListVectors>('vectors/list_metrics.json', ({ tolerance, ranking_data: { true: wanted, pred }, ranking_expected: expected, ...more }) => {
  const near = (value: number, target: number): void => expect(Math.abs(value - target)).toBeLessThan(tolerance);

  test('NDCG, recall and precision', () => {
    const users = [...new Set(wanted.user)];
    const all = users.map((user) =>
      accuracyOf(
        itemsOf(pred, user, (row) => pred.prediction[row]!),
        new Set(itemsOf(wanted, user)),
        10,
      ),
    );
    near(mean(all.map(({ ndcg }) => ndcg)), expected['ndcg@10']!);
    near(mean(all.map(({ recall }) => recall)), expected['recall@10']!);
    near(mean(all.map(({ precision }) => precision)), expected['precision@10']!);
  });

  test('coverage, novelty and diversity', () => {
    const { diversity_data: data, diversity_expected: target } = more;
    const users = [...new Set(data.reco.user)],
      lists = users.map((user) => itemsOf(data.reco, user));
    const counts = Array.from({ length: 6 }, (_, item) => data.train.item.filter((one) => one === item).length);
    const features = counts.map((_, item) =>
      Int32Array.from([...(data.item_features[item] ?? []).keys()].filter((f) => data.item_features[item]![f])),
    );
    const fromZero = lists.map((list) => list.map((item) => item - 1));
    near(coverageOf(fromZero, new Set(data.train.item).size)(users.map(() => 1)), target.catalog_coverage);
    const information = selfInformation(counts);
    for (const [item, novelty] of Object.entries(target.item_novelty)) near(information[Number(item)]!, novelty);
    near(mean(lists.map((list) => meanOver(list, information))), target.novelty);
    lists.forEach((list, i) => near(diversity(list, features), target.user_diversity_features[i]!));
  });
});

interface Extras {
  readonly items: {
    readonly calibration_kl: {
      readonly vectors: readonly {
        readonly p: Readonly<Record<string, number>>;
        readonly q: Readonly<Record<string, number>>;
        readonly C_KL: number;
      }[];
    };
  };
}
describeWith<Extras>('vectors/recommender_extras.json', ({ items: { calibration_kl } }) => {
  test.each(calibration_kl.vectors.map((vector) => [vector.C_KL, vector] as const))('miscalibration %d', (target, { p, q }) => {
    expect(miscalibration(new Map(Object.entries(p)), new Map(Object.entries(q)))).toBeCloseTo(target, 9);
  });
});
