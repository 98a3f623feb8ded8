import type { Ranking } from '../../recommend/ranking.ts';
import { KeptRankings } from '../../recommend/kept-rankings.ts';

const ranking = (): Ranking => ({ scores: [], blended: new Float32Array(3), head: new Int32Array(0), said: new Map() });
const catalogue = {},
  model = {};

test('the same question is answered once', () => {
  const kept = new KeptRankings(),
    first = kept.of([catalogue, model], ['film', 7], ranking);
  expect(kept.of([catalogue, model], ['film', 7], ranking)).toBe(first);
  expect(kept.of([catalogue, model], ['film', 8], ranking)).not.toBe(first);
});

test.each([
  ['film', [{}, model]],
  ['model', [catalogue, {}]],
  ['algorithm', [catalogue, model, {}]],
])('a new %s makes everything new', (_what, basis) => {
  const kept = new KeptRankings(),
    first = kept.of([catalogue, model], 7, ranking);
  kept.of(basis, 8, ranking);
  expect(kept.of([catalogue, model], 7, ranking)).not.toBe(first);
});

test('what was asked for last stays when memory is short', () => {
  const kept = new KeptRankings(),
    large = (): Ranking => ({ ...ranking(), blended: new Float32Array(3_000_000) }),
    one = kept.of([], 1, large),
    two = kept.of([], 2, large);
  expect(kept.of([], 1, large)).toBe(one);
  kept.of([], 3, large);
  expect(kept.of([], 1, large)).toBe(one);
  expect(kept.of([], 2, large)).not.toBe(two);
});

test('what rankings have in common stays while the basis does, and is not given up with one of them', () => {
  const kept = new KeptRankings(),
    shared = kept.room(3_000_000).take(),
    scorer = { algorithm: {} as never, model, modelId: 1 };
  const make = (): Ranking => ({
    ...ranking(),
    scores: [{ scorer, weight: 1, values: shared, mean: 0, scale: 1, common: true }],
    blended: kept.room(3_000_000).take(),
  });
  kept.of([model], 0, ranking);
  kept.common.set(model, { standard: { values: shared, mean: 0, scale: 1 } });
  for (const key of [1, 2, 3, 4]) kept.of([model], key, make);
  expect(kept.room(3_000_000).take()).not.toBe(shared);
  kept.of([{}], 1, ranking);
  expect(kept.common.size).toBe(0);
  const free = Array.from({ length: 5 }, () => kept.room(3_000_000).take());
  expect(free).toContain(shared);
});

test('the arrays of what is given up serve for the next ranking, and no other ones', () => {
  const kept = new KeptRankings(),
    make = (): Ranking => ({ ...ranking(), blended: kept.room(3_000_000).take() }),
    first = kept.of([], 1, make).blended,
    second = kept.of([], 2, make).blended;
  kept.of([], 3, make);
  expect(kept.room(3_000_000).take()).toBe(first);
  expect(kept.peek([], 2)?.blended).toBe(second);
  const other = kept.room(3);
  kept.of([], 4, make);
  expect(other.take()).not.toBe(second);
});
