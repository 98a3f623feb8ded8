import type { Viewer } from '../../recommend/algorithm.ts';
import type { RecommendSession, RowOptions } from '../../recommend/index.ts';
import type { ServedList } from '../../recommend/served.ts';
import { genresFor, homeRows as allRows } from '../../plugins/catalogue/home-rows.ts';
import type { Snapshot } from '../../plugins/catalogue/load.ts';

const cards = Array.from({ length: 200 }, (_, at) => ({
  id: at + 1,
  title: `Film ${at}`,
  year: 1960 + (at % 50),
  genres: [['Crime'], ['Drama'], ['Crime', 'Drama'], ['War']][at % 4]!,
}));
const catalogue = {
  cards,
  size: cards.length,
  genres: ['Crime', 'Drama', 'War'].map((name, id) => ({ id, name, slug: name.toLowerCase(), films: 1 })),
} as unknown as Snapshot;

const viewer = (rated: Record<number, number>): Viewer => ({
  unit: 1,
  films: Int32Array.from(Object.keys(rated), Number),
  stars: Float32Array.from(Object.values(rated)),
  dismissed: new Int32Array(),
  preferences: { films: new Int32Array(), weight: new Float32Array() },
});

/** Serves films in order of their positions, and nothing at all for the surfaces named. */
function session(who: Viewer, silent: readonly string[] = [], rows: readonly string[] | null = null): RecommendSession {
  const list = ({ surface, size, only, without }: RowOptions): ServedList => ({
    id: surface,
    unit: 1,
    surface,
    blendVersion: 1,
    assignments: [],
    at: new Date(0),
    films: silent.includes(surface)
      ? []
      : cards
          .map((_, position) => position)
          .filter((position) => !without?.has(position) && (only?.(position) ?? true))
          .slice(0, size)
          .map((position) => ({ film: cards[position]!.id, position, score: 1, algorithm: 'a', shares: {}, reason: { text: 'well liked' } })),
  });
  return {
    viewer: who,
    suggested: new Set(),
    blend: { spec: { rows } },
    forViewer: list,
    byAlgorithm: (_id: string, row: RowOptions) => list(row),
    similarTo: (_film: number, row: RowOptions) => list(row),
  } as unknown as RecommendSession;
}

const homeRows = (...given: Parameters<typeof allRows>) => allRows(...given).rows;

test('a blend says which rows there are, and in which order', () => {
  const named = session(viewer({ 0: 5, 3: 4 }), [], ['home.trending', 'home.because-you-liked', 'home.nowhere']);
  expect(homeRows(named, catalogue, [3, 0]).map(({ list }) => list.surface)).toEqual([
    'home.trending',
    'home.because-you-liked',
    'home.because-you-liked',
  ]);
});

test('no film stands twice on the page', () => {
  const rows = homeRows(session(viewer({ 0: 5, 3: 4 })), catalogue, [3, 0]);
  const films = rows.flatMap(({ list }) => list.films.map(({ film }) => film));
  expect(new Set(films).size).toBe(films.length);
  expect(rows.map(({ list }) => list.surface)).toEqual([
    'home.for-you',
    'home.because-you-liked',
    'home.trending',
    'home.genre',
    'home.because-you-liked',
  ]);
});

test('a viewer without history is told why there are popular films', () => {
  const [first] = homeRows(session(viewer({})), catalogue, []);
  expect(first).toMatchObject({ heading: 'Popular right now', reason: expect.stringContaining('do not know your taste') });
});

test('a viewer who only picked films gets a list of their own, in the genres of those', () => {
  const preferences = { films: Int32Array.of(1, 3, 7, 8), weight: Float32Array.of(0.1, 0.3, 0.3, -0.5) };
  const rows = homeRows(session({ ...viewer({}), preferences }), catalogue, []);
  expect(rows[0]).toMatchObject({ heading: 'For you', reason: expect.stringContaining('picked') });
  expect(rows.filter(({ list }) => list.surface === 'home.genre').map(({ heading }) => heading)).toEqual(['War', 'Drama']);
  const against = { films: Int32Array.of(1), weight: Float32Array.of(-0.5) };
  expect(homeRows(session({ ...viewer({}), preferences: against }), catalogue, [])[0]).toMatchObject({ heading: 'Popular right now' });
});

test('the films liked last name their rows, and their cards need no reason', () => {
  const because = homeRows(session(viewer({ 3: 4 })), catalogue, [3]).filter(({ list }) => list.surface === 'home.because-you-liked');
  expect(because.map(({ heading }) => heading)).toEqual(['Because you liked Film 3']);
  expect(because[0]!.list.films.every(({ reason }) => reason === undefined)).toBe(true);
});

test('rows that are nearly empty are left out', () => {
  expect(homeRows(session(viewer({}), ['home.trending', 'home.genre', 'home.decade']), catalogue, []).map(({ list }) => list.surface)).toEqual([
    'home.for-you',
  ]);
});

test('genres are those that the stars speak for', () => {
  const names = (rated: Record<number, number>): string[] => genresFor(viewer(rated), catalogue).map(({ name }) => name);
  expect(names({ 3: 5, 0: 4, 1: 1 })).toEqual(['War', 'Crime']);
  expect(names({ 1: 1, 0: 3 })).toEqual([]);
  expect(names({ 3: Number.NaN })).toEqual(['War']);
  expect(names({})).toEqual(['Crime', 'Drama', 'War']);
});

test('further rows follow the first ones, without their films, until there are no more', () => {
  const who = session(viewer({ 0: 5, 3: 4, 1: 4 }));
  const taken = new Set<number>(),
    headings: string[] = [];
  for (let from: number | undefined = 0, pages = 0; from !== undefined; pages++) {
    const page = allRows(who, catalogue, [3, 0, 1], { from, count: 2, without: taken });
    for (const { heading, list } of page.rows) {
      headings.push(heading);
      for (const { position } of list.films) {
        expect(taken.has(position)).toBe(false);
        taken.add(position);
      }
    }
    from = page.next;
    expect(pages).toBeLessThan(20);
  }
  expect(new Set(headings).size).toBe(headings.length);
  expect(headings).toEqual(expect.arrayContaining(['For you', 'Trending', 'Because you liked Film 1', 'The 1960s']));
});
