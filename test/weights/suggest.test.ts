import { silent } from '../../core/log.ts';
import { BlendSpec } from '../../recommend/blend-spec.ts';
import { suggestWeights, type Suggestion } from '../../jobs/weights/suggest.ts';
import { halfWidth } from '../../jobs/weights/task.ts';
import content from '../../plugins/algorithms/content/index.ts';
import popularity from '../../plugins/algorithms/popularity/index.ts';
import userKnn from '../../plugins/algorithms/user-knn/index.ts';
import { world } from '../algorithms/synthetic.ts';

const algorithms = [popularity, userKnn, content].flatMap((plugin) =>
  plugin.algorithms!.map((algorithm) => ({ algorithm, settings: plugin.config!.parse({}) as object })),
);
const current = BlendSpec.parse({ weights: { popularity: 1 } });
/** Without times a seeded tenth is held out; with them it would be the last viewers as a whole. */
const { data } = world(3, 400);
const untimed = { ...data, age: new Float32Array(data.age.length) };
const ask = (signal = new AbortController().signal, progress: (fraction: number) => void = () => {}): Promise<Suggestion> =>
  suggestWeights(untimed, { algorithms, current, log: silent, signal, progress });

describe('a suggestion', () => {
  let found: Suggestion;
  const seen: number[] = [];
  beforeAll(async () => {
    found = await ask(undefined, (fraction) => seen.push(fraction));
  });

  test('has weights that an operator could save', () => {
    expect(() =>
      BlendSpec.parse({ weights: found.regulars.weights, newcomers: { upTo: found.newcomers.upTo, weights: found.newcomers.weights } }),
    ).not.toThrow();
  });

  test('expects to do better than popularity where tastes differ, on viewers it was not fitted on', () => {
    const [ndcg] = found.regulars.changes;
    expect(ndcg!.metric).toBe('ndcg10');
    expect(ndcg!.after).toBeGreaterThan(ndcg!.before);
    expect(found.regulars.viewers).toBeGreaterThan(50);
  });

  test('tells how each algorithm does for newcomers: without history only those that need none', () => {
    expect(found.coldStart.map(({ known }) => known)).toEqual([0, 1, 3, 5, 10]);
    const [nothing, , , , much] = found.coldStart;
    expect(nothing!.algorithms['user-knn']).toBeLessThan(nothing!.algorithms['popularity']!);
    expect(much!.algorithms['user-knn']).toBeGreaterThan(nothing!.algorithms['user-knn']!);
    for (const { margin } of found.coldStart) expect(margin > 0 && margin < 0.15).toBe(true);
  });

  test('reports progress that never falls', () => {
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });
});

test('the interval of a mean by hand', () => {
  expect(halfWidth(Float64Array.of(0, 1, 0, 1))).toBeCloseTo((1.96 * Math.sqrt(1 / 3)) / 2, 10);
  expect(halfWidth(Float64Array.of(1))).toBe(Infinity);
});

test('stops when it is cancelled', async () => {
  const stop = new AbortController();
  await expect(ask(stop.signal, (fraction) => fraction > 0.3 && stop.abort())).rejects.toThrow(/abort/i);
});
