import type { AnyAlgorithm } from '../../recommend/algorithm.ts';
import { alone, Models, together } from '../../jobs/evaluation/contestants.ts';
import { foretell, RankingTest } from '../../jobs/evaluation/evaluate.ts';
import { folds } from '../../jobs/evaluation/protocols/rating.ts';
import { leaveOneOut } from '../../jobs/evaluation/protocols/leave-one-out.ts';
import { holdOut, measure } from '../../jobs/training/measure.ts';
import { BlendSpec } from '../../recommend/blend-spec.ts';
import { seeded } from '../../math/random.ts';
import { world } from '../algorithms/synthetic.ts';
import { dataSet } from './data.ts';

/** Scores each film by a function of its position and the viewer's unit. */
const scoring = (id: string, of: (film: number, unit: number) => number, more: Partial<AnyAlgorithm> = {}): AnyAlgorithm => ({
  id,
  title: id,
  description: 'Scores films by a rule.',
  train: () => ({}),
  score: (_model, { unit }, out) => out.forEach((_, film) => (out[film] = of(film, unit))),
  ...more,
});
const effort = { seed: 1, threads: 1 };
const entrant = (algorithm: AnyAlgorithm) => alone({ algorithm, settings: {} });
const silent = (): void => {};

/** Two viewers; film 5 of the first and film 6 of the second are left out, each against ten others. */
const few = {
  ...dataSet(20, [
    [0, 0, 5],
    [0, 5, 4],
    [1, 0, 3],
    [1, 6, 4],
  ]),
  leftOut: {
    film: new Map([
      [0, 5],
      [1, 6],
    ]),
    against: new Map([0, 1].map((row) => [row, Int32Array.from({ length: 10 }, (_, i) => 10 + i)])),
  },
};
const judge = () => new RankingTest(leaveOneOut(few, 'equal', 1), effort);

describe('leave-one-out by hand', () => {
  test('one film in front, one behind seven', async () => {
    const { metrics } = await judge().of(entrant(scoring('rule', (film) => (film === 5 ? 9 : film >= 13 ? 8 : film === 6 ? 7 : 0))), silent);
    expect(metrics.hitRate!.value).toBe(1);
    expect(metrics.ndcg!.value).toBeCloseTo((1 + 1 / Math.log2(7 + 2)) / 2, 12);
    expect(metrics.mrr!.value).toBeCloseTo((1 + 1 / 8) / 2, 12);
  });

  test('equal scores rank in the middle, no opinion at the end', async () => {
    const { metrics: equal } = await judge().of(entrant(scoring('same', () => 1)), silent);
    expect(equal.ndcg!.value).toBeCloseTo(1 / Math.log2(5 + 2), 12);
    const { metrics: none } = await judge().of(entrant(scoring('shy', (film) => (film === 5 ? NaN : film))), silent);
    expect(none.hitRate!.value).toBe(0);
  });
});

describe('a blend', () => {
  const low = scoring('low', (film) => -film),
    high = scoring('high', (film) => 1000 * film);

  test('counts by its weights, whatever the scale of its parts', async () => {
    const of = (weights: Record<string, number>) =>
      judge().of(
        together(
          [low, high].map((algorithm) => ({ algorithm, settings: {} })),
          BlendSpec.parse({ weights }),
        ),
        silent,
      );
    const [first, last] = [await of({ low: 0.6, high: 0.4 }), await of({ low: 0.4, high: 0.6 })];
    expect(first.metrics.ndcg!.value).toBe(1);
    expect(last.metrics.hitRate!.value).toBe(0);
  });

  test('fails with an algorithm of it, where a site would go on without', async () => {
    const broken = scoring('broken', () => {
      throw new Error('broken on purpose');
    });
    const both = together(
      [low, broken].map((algorithm) => ({ algorithm, settings: {} })),
      BlendSpec.parse({ weights: { low: 1, broken: 1 } }),
    );
    await expect(judge().of(both, silent)).rejects.toThrow('broken on purpose');
  });

  test('trains each algorithm once, however many entrants it is part of', async () => {
    let trainings = 0;
    const counted = { algorithm: scoring('counted', () => 1, { train: () => ({ trainings: ++trainings }) }), settings: {} };
    const models = new Models(leaveOneOut(few, 'equal', 1).train, effort);
    expect(await models.of([counted], silent)).toEqual(await models.of([counted, counted].slice(1), silent));
    expect(trainings).toBe(1);
  });
});

describe('foretelling stars', () => {
  const set = dataSet(
    5,
    [0, 1, 2, 3, 4].flatMap((film) => [0, 1].map((viewer) => [viewer, film, viewer === 0 ? 4 : 2] as const)),
  );
  const run = (predict: NonNullable<AnyAlgorithm['predict']>) =>
    foretell(entrant(scoring('stars', () => 1, { predict })), [...folds(set, 'stars', 1)], effort, silent);

  test('root mean square and mean absolute error by hand', async () => {
    const { metrics } = await run((_model, { unit }) => (unit === 100 ? 3 : 2));
    expect(metrics.rmse!.value).toBeCloseTo(Math.sqrt(0.5), 12);
    expect(metrics.mae!.value).toBe(0.5);
    expect(metrics.answered!.value).toBe(1);
  });

  test('what is foretold is cut to the scale that is known', async () => {
    expect((await run((_model, { unit }) => (unit === 100 ? 17 : -3))).metrics.rmse!.value).toBe(0);
  });

  test('where the algorithm cannot say, the mean stands in', async () => {
    const { metrics } = await run((_model, { unit }) => (unit === 100 ? 4 : undefined));
    expect(metrics.answered!.value).toBe(0.5);
    expect(metrics.mae!.value).toBeGreaterThan(0.3);
    expect(metrics.mae!.value).toBeLessThan(0.7);
  });
});

describe('the hold-out of a training', () => {
  const random = seeded(1),
    made = world(3).data,
    data = { ...made, age: made.age.map(() => random() * 100) };

  test('is the newest tenth, and its films are no preferences', () => {
    const { train, held } = holdOut(data);
    expect(train.ratings.value.length / data.ratings.value.length).toBeCloseTo(0.9, 2);
    expect(train.preferences.index).toEqual(train.ratings.index);
    expect(Math.min(...train.age)).toBe(0);
    expect(held.size).toBeGreaterThan(5);
  });

  test('is a seeded tenth where times are unknown', () => {
    const old = { ...data, age: new Float32Array(data.age.length) };
    expect(holdOut(old)).toEqual(holdOut(old));
    expect(holdOut(old).train.ratings.value.length / data.ratings.value.length).toBeCloseTo(0.9, 2);
  });

  test('gives numbers that JSON can hold, the NDCG within its interval', () => {
    const split = holdOut(data);
    const found = measure(
      scoring('popular', (film) => -film),
      {},
      split,
    );
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    expect(found.viewers).toBeGreaterThan(5);
    expect(found.scored).toBe(data.films.length);
    const few = measure(
      scoring('few', (film) => (film < 30 ? film : Number.NaN)),
      {},
      split,
    );
    expect(few.scored).toBe(30);
    expect(found.ndcg10).toBeGreaterThan(0);
    expect(found.ndcg10Low).toBeLessThan(found.ndcg10);
    expect(found.ndcg10High).toBeGreaterThan(found.ndcg10);
    expect(found).toEqual(
      measure(
        scoring('popular', (film) => -film),
        {},
        split,
      ),
    );
    const nobody = measure(
      scoring('popular', (film) => -film),
      {},
      { ...split, held: new Map() },
    );
    expect(nobody).toMatchObject({ viewers: 0, ndcg10: 0, ndcg10Low: 0, novelty10: 0 });
  });
});
