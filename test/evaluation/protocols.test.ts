import { pick } from '../../jobs/evaluation/data-set.ts';
import { withLater } from '../../jobs/evaluation/later.ts';
import { fullRanking } from '../../jobs/evaluation/protocols/full-ranking.ts';
import { leaveOneOut } from '../../jobs/evaluation/protocols/leave-one-out.ts';
import { folds } from '../../jobs/evaluation/protocols/rating.ts';
import { temporal } from '../../jobs/evaluation/protocols/temporal.ts';
import { measurable } from '../../jobs/evaluation/rank.ts';
import { rowIndex } from '../../math/sparse.ts';
import { dataSet } from './data.ts';

/** Three viewers, ten films; viewer 2 has one rating. */
const timed = dataSet(10, [
  [0, 0, 5, 9],
  [0, 1, 3, 3],
  [0, 2, 4, 7],
  [0, 8, 1, 8],
  [0, 9, 5, 9],
  [1, 1, 2, 5],
  [1, 3, 4, 0],
  [1, 4, 5, 0],
  [1, 5, 5, 6],
  [2, 6, 5, 2],
]);
const untimed = { ...timed, timed: false, age: new Float32Array(10) };
const filmsOf = ({ ratings }: Parameters<typeof pick>[0], row: number): number[] => [...rowIndex(ratings, row)];

test('picking entries keeps rows, columns, stars and ages together', () => {
  const odd = pick(timed, (entry) => entry % 2 === 1);
  expect([0, 1, 2].map((row) => filmsOf(odd, row))).toEqual([[1, 8], [1, 4], [6]]);
  expect([...odd.ratings.value]).toEqual([3, 1, 2, 5, 5]);
  expect([...odd.age]).toEqual([3, 8, 5, 0, 2]);
  expect(pick(timed, () => false).ratings).toMatchObject({ rows: 3, columns: 10, start: Int32Array.of(0, 0, 0, 0) });
});

describe('ratings after the training', () => {
  const split = (later: number, set = timed) => withLater(leaveOneOut(set, 'equal', 1), set, { later, preferring: 'equal', seed: 1 });

  test('are the newest: models do not know them, viewers do, and what is held out stays', () => {
    const { train, live, held, against } = split(2),
      before = leaveOneOut(timed, 'equal', 1);
    expect([0, 1, 2].map((row) => filmsOf(train, row))).toEqual([[0, 9], [5], [6]]);
    expect({ train: live, held, against }).toEqual(before);
  });

  test('leave everybody one that was there before; seeded ones where times are unknown', () => {
    for (const { train } of [split(9), split(9, untimed)]) expect([0, 1, 2].map((row) => filmsOf(train, row).length)).toEqual([1, 1, 1]);
  });
});

describe('leave-one-out', () => {
  test('leaves out the newest film of each viewer who has another one', () => {
    const { train, held, against } = leaveOneOut(timed, 'equal', 1);
    expect([...held]).toEqual([
      [0, [1]],
      [1, [3]],
    ]);
    expect([0, 1, 2].map((row) => filmsOf(train, row))).toEqual([[0, 2, 8, 9], [1, 4, 5], [6]]);
    expect([...against!.get(0)!].sort()).toEqual([3, 4, 5, 6, 7]);
    expect([...train.age]).toEqual([9, 7, 8, 9, 5, 0, 6, 2]);
  });

  test('without times a seeded one', () => {
    const heldBy = (seed: number): string => JSON.stringify([...leaveOneOut(untimed, 'equal', seed).held]);
    expect(heldBy(3)).toBe(heldBy(3));
    expect(new Set([1, 2, 3, 4, 5, 6].map(heldBy)).size).toBeGreaterThan(1);
  });

  test('uses a published split as it is', () => {
    const leftOut = { film: new Map([[1, 5]]), against: new Map([[1, Int32Array.of(0, 5, 7)]]) };
    const { train, held, against } = leaveOneOut({ ...timed, leftOut }, 'equal', 1);
    expect([...held]).toEqual([[1, [5]]]);
    expect(filmsOf(train, 1)).toEqual([1, 3, 4]);
    expect(against).toBe(leftOut.against);
  });
});

test('full ranking holds out a seeded fifth of each viewer', () => {
  const { train, held } = fullRanking(timed, 'equal', 1);
  expect([...held].map(([row, films]) => [row, films.length])).toEqual([
    [0, 1],
    [1, 1],
  ]);
  for (const [row, films] of held) expect([...filmsOf(train, row), ...films].sort()).toEqual(filmsOf(timed, row));
  expect(fullRanking(timed, 'equal', 1).held).toEqual(held);
});

describe('temporal', () => {
  test('the newest tenth is held out for all alike; what was liked must be found', () => {
    const { train, held } = temporal({ ...timed, age: timed.age.map((days) => (days === 0 ? 1 : days)) }, 'stars');
    expect([...held]).toEqual([]);
    expect(train.ratings.value).toHaveLength(10);
    const { train: before, held: after } = temporal({ ...timed, age: Float32Array.from(timed.age, (days, e) => (e === 6 ? -1 : days)) }, 'stars');
    expect([...after]).toEqual([[1, [3]]]);
    expect(filmsOf(before, 1)).toEqual([1, 4, 5]);
  });

  test('cannot be without times', () => {
    expect(() => temporal(untimed, 'stars')).toThrow(/a few lines does not say when.*another protocol/);
  });

  test('only viewers of whom something is known are measured', () => {
    const { train } = temporal(timed, 'stars');
    expect(measurable({ train, held: new Map([[1, [7]]]) })).toEqual([1]);
    expect(measurable({ train: { ...train, ratings: pick(timed, () => false).ratings }, held: new Map([[1, [7]]]) })).toEqual([]);
  });
});

test('five folds foretell every rating once', () => {
  const all = [...folds(timed, 'stars', 1)];
  expect(all.map(({ train, test: held }) => [train.ratings.value.length, held.value.length])).toEqual(Array(5).fill([8, 2]));
  const seen = all.flatMap(({ test: held }) => [0, 1, 2].flatMap((row) => [...rowIndex(held, row)].map((film) => `${row} ${film}`)));
  expect(new Set(seen).size).toBe(10);
});

test('preferences count all ratings alike, or by their stars', () => {
  expect(new Set(leaveOneOut(timed, 'equal', 1).train.preferences.value)).toEqual(new Set([1]));
  const { preferences, ratings } = leaveOneOut(timed, 'stars', 1).train;
  expect(preferences.value[0]! - preferences.value[2]!).toBeCloseTo(ratings.value[0]! - ratings.value[2]!, 5);
});
