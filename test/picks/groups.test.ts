import type { Candidate } from '../../plugins/picks/groups/film.ts';
import { groupsByGenre } from '../../plugins/picks/groups/genres.ts';
import { nameOf } from '../../plugins/picks/groups/name.ts';
import { groupsByTaste } from '../../plugins/picks/groups/taste.ts';
import { sparseRows } from '../../math/sparse.ts';
import { films, stars, tasteOf, tastes } from './world.ts';

const film = (id: number, genres: readonly string[], keywords: readonly string[] = [], year = 1990): Candidate => ({
  id,
  year,
  genres,
  keywords,
  ratings: 10,
});

describe('groups by taste', () => {
  const groups = groupsByTaste(films, stars(), 1);

  test('are the same for the same ratings and seed', () => {
    expect(groupsByTaste(films, stars(), 1)).toEqual(groups);
  });

  test('hold four films each that the same viewers like, and no film twice', () => {
    const all = groups.flatMap((group) => group.films);
    expect(groups.map((group) => group.films.length)).toEqual(tastes.map(() => 4));
    expect(new Set(all).size).toBe(all.length);
    for (const group of groups) expect(new Set(group.films.map(tasteOf)).size).toBe(1);
    expect(groups.map(({ films: [first] }) => tasteOf(first!)).sort()).toEqual([...tastes].sort());
  });

  test('take the films that are known best', () => {
    const places = groups.flatMap((group) => group.films.map((id) => id - 101));
    expect(places.reduce((sum, place) => sum + place, 0) / places.length).toBeLessThan(films.length / 2);
  });

  test('bear names that tell them apart', () => {
    for (const {
      name,
      films: [first],
    } of groups)
      expect(name).toContain(tasteOf(first!));
    expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
  });

  test('are none where there is nothing to learn from', () => {
    const nobody = sparseRows(0, films.length, { row: new Int32Array(), column: new Int32Array(), value: new Float32Array() });
    expect(groupsByTaste([], { ...nobody, columns: 0 }, 1)).toEqual([]);
    expect(
      groupsByTaste(films, nobody, 1)
        .flatMap((group) => group.films)
        .every((id) => id > 100),
    ).toBe(true);
  });
});

describe('groups by genre', () => {
  test('are the most frequent first genres with their best known films; rare ones are left out', () => {
    const some = [film(1, ['War', 'Drama']), film(2, ['War']), ...[3, 4, 5, 6, 7].map((id) => film(id, ['Drama', 'War'])), film(8, [])];
    expect(groupsByGenre(some)).toEqual([{ name: 'Drama', films: [3, 4, 5, 6] }]);
    expect(groupsByGenre(films).map(({ name }) => name)).toEqual([...tastes].sort());
  });
});

describe('a name', () => {
  const others = [...'abcdefgh'].map((letter, at) => film(100 + at, ['Drama'], [letter], 2000 + 3 * at));
  const name = (some: readonly Candidate[], ...taken: string[]) => nameOf(some, [...some, ...others], new Set(taken));

  test('says what films share and others have not: the genre first, then a keyword or a decade', () => {
    const ghosts = [1, 2, 3, 4].map((id) => film(id, ['Drama', 'Horror'], ['ghost', `own ${id}`], 1900 + 20 * id));
    expect(name(ghosts)).toBe('Horror, ghost');
    expect(name(ghosts, 'Horror, ghost')).not.toBe('Horror, ghost');
    expect(name([1, 2, 3, 4].map((id) => film(id, ['Western'], [], 1960 + id)))).toBe('Western, 1960s');
  });

  test('is there for films without facts, and never twice', () => {
    const blank = [1, 2].map((id): Candidate => ({ id, year: null, genres: [], keywords: [], ratings: 1 }));
    expect(name(blank)).toBe('A bit of everything');
    expect(name(blank, 'A bit of everything')).toBe('A bit of everything 2');
    expect(name([film(1, ['War'], [], 1990)], 'War, 1990s', 'War')).toBe('War 2');
  });
});
