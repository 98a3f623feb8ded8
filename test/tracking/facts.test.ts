import { FactsOfLists } from '../../plugins/tracking/facts.ts';
import type { Catalogue, FilmCard } from '../../recommend/ports.ts';
import type { ServedList } from '../../recommend/served.ts';
import { FakeSql } from '../harness/fakes/core.ts';
import { listOf } from './lists.ts';

const genres = [['Drama'], ['Drama', 'Comedy'], ['Horror'], []];
const cards = genres.map((names, id): FilmCard => ({ id: id + 1, title: '', year: null, genres: names, traits: new Int32Array() }));
const catalogue = { size: cards.length, cards, visible: new Uint8Array(4).fill(1), position: (id) => id - 1 } satisfies Catalogue;
const listWith = (films: readonly number[]): ServedList => {
  const list = listOf({ unit: 1, films });
  return { ...list, films: list.films.map((film) => ({ ...film, position: film.film - 1 })) };
};
const packed = (values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => bytes.writeInt32BE(value, i * 4));
  return bytes;
};

describe('facts of lists', () => {
  const sql = new FakeSql().answer(/rating_count/, [{ ratings: packed([8, 4, 4, 0]) }]);
  const facts = new FactsOfLists(sql, { current: () => catalogue });

  test('before the first reading there is no novelty', () => {
    expect(facts.stale).toBe(true);
    expect(facts.of(listWith([1, 2]))).toMatchObject({ novelty: null, milliseconds: null });
  });

  test('novelty is the mean of −log2 of the shares of ratings; an unrated film counts as rated once', async () => {
    await facts.refresh();
    expect(facts.stale).toBe(false);
    // 8, 4 and 0 of 16 ratings: 1, 2 and 4 bits
    expect(facts.of(listWith([1, 2, 4])).novelty).toBeCloseTo(7 / 3, 6);
  });

  test('diversity is 1 − the mean cosine of genres over pairs', () => {
    // Drama with Drama and Comedy: 1/√2; each with Horror: 0
    expect(facts.of(listWith([1, 2, 3])).diversity).toBeCloseTo(1 - Math.SQRT1_2 / 3, 12);
    expect(facts.of(listWith([1])).diversity).toBeNull();
    expect(facts.of(listWith([3, 4])).diversity).toBe(1);
  });

  test('the time is the one since the page began', () => {
    const { milliseconds } = facts.of(listOf({ unit: 1, films: [1], opened: performance.now() - 500 }));
    expect(milliseconds).toBeGreaterThanOrEqual(500);
  });
});
