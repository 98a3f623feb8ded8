import { favouritesOfViewer, simulateHistory } from '../../plugins/history/seed/index.ts';
import type { SeedFilm, SimulatedHistory, SimulationSize } from '../../plugins/history/seed/index.ts';
import { seeded } from '../../math/random.ts';

const GENRES = ['Sci-Fi', 'Horror', 'Crime', 'Family', 'Romance', 'Comedy', 'Drama', 'War', 'Musical', 'Action', 'Documentary'];
const random = seeded(5);
const films: SeedFilm[] = Array.from({ length: 400 }, (_, i) => ({
  title: `Film ${i}`,
  year: 1930 + Math.floor(random() * 95),
  genres: [GENRES[Math.floor(random() * GENRES.length)]!, GENRES[Math.floor(random() * GENRES.length)]!],
  keywords: [],
  directors: [`Director ${Math.floor(random() * 200)}`],
}));
const size: SimulationSize = { viewers: 400, ratings: 30_000, days: 730, seed: 7, now: new Date('2026-03-01T12:00:00Z') };
const DAY = 86_400;

describe('a simulated history', () => {
  let history: SimulatedHistory;
  beforeAll(() => void (history = simulateHistory(films, size)));

  test('is the same for the same seed, and another for another', () => {
    expect(simulateHistory(films, size)).toEqual(history);
    expect(simulateHistory(films, { ...size, seed: 8 }).film).not.toEqual(history.film);
  });

  test('has the wanted size; everybody rates at least 15 films, a few very many', () => {
    expect(history.viewers).toHaveLength(400);
    for (const column of [history.viewer, history.film, history.stars, history.ago]) expect(column).toHaveLength(30_000);
    const counts = new Int32Array(400);
    for (const viewer of history.viewer) counts[viewer]!++;
    counts.sort();
    expect(counts[0]).toBeGreaterThanOrEqual(15);
    expect(counts[399]).toBeGreaterThan(4 * counts[200]!);
  });

  test('nobody rates a film twice, nor before joining', () => {
    const pairs = new Set(history.film.map((film, i) => history.viewer[i]! * films.length + film));
    expect(pairs.size).toBe(30_000);
    const wrong = [...history.ago].findIndex((ago, i) => ago < (i ? history.ago[i - 1]! : 0) || ago > history.viewers[history.viewer[i]!]!.joined);
    expect(wrong).toBe(-1);
    for (const { joined } of history.viewers) expect(joined).toBeLessThanOrEqual(size.days * DAY);
  });

  test('stars are halves from 0.5 to 5 around 3.5, most often 4', () => {
    const share = new Map<number, number>();
    for (const stars of history.stars) share.set(stars, (share.get(stars) ?? 0) + 1 / history.stars.length);
    for (const stars of share.keys()) expect([stars, stars * 2 === Math.round(stars * 2) && stars >= 0.5 && stars <= 5]).toEqual([stars, true]);
    const mean = [...share].reduce((sum, [stars, part]) => sum + stars * part, 0);
    expect(mean).toBeGreaterThan(3.3);
    expect(mean).toBeLessThan(3.8);
    expect([...share].sort((a, b) => b[1] - a[1])[0]![0]).toBe(4);
    expect(share.get(5)!).toBeGreaterThan(0.05);
    expect([1, 1.5, 2].reduce((sum, stars) => sum + (share.get(stars) ?? 0), 0)).toBeGreaterThan(0.05);
  });

  test('evenings and weekends are busy, and a few films are the talk of the last weeks', () => {
    const times = history.ago.map((ago) => size.now.getTime() / 1000 - ago);
    const among = (test: (date: Date) => boolean): number => times.filter((time) => test(new Date(time * 1000))).length / times.length;
    expect(among((date) => date.getUTCHours() >= 18)).toBeGreaterThan(0.5);
    expect(among((date) => [5, 6, 0].includes(date.getUTCDay()))).toBeGreaterThan(3.5 / 7);
    const shares = (recent: boolean): Float64Array => {
      const counts = new Float64Array(films.length);
      history.film.forEach((film, i) => (counts[film]! += Number(history.ago[i]! < 21 * DAY === recent)));
      return counts.map((count) => count / counts.reduce((sum, value) => sum + value));
    };
    const [late, early] = [shares(true), shares(false)];
    expect(late.filter((share, film) => share > 0.01 && share > 3 * early[film]!).length).toBeGreaterThanOrEqual(4);
  });

  test('taste can be learnt: neighbours of what one liked find the last films better than popularity does', () => {
    const { neighbours, popularity } = recallAtTen(history);
    expect(popularity).toBeGreaterThan(0.03);
    expect(neighbours).toBeGreaterThan(1.4 * popularity);
  });

  test('names and handles look like people and no handle comes twice', () => {
    const handles = history.viewers.map((viewer) => viewer.handle);
    expect(new Set(handles).size).toBe(handles.length);
    for (const { name, handle } of history.viewers) {
      expect(handle).toMatch(/^[a-z0-9_]{2,30}$/);
      expect(name).toMatch(/^\p{Lu}\S+ \p{Lu}\S+$/u);
    }
  });
});

test('fewer films than wanted ratings give what there is room for', () => {
  const history = simulateHistory(films.slice(0, 20), { ...size, viewers: 10, ratings: 5_000 });
  expect(history.film).toHaveLength(10 * 12);
});

test('the built-in viewer has rated the films that are there, each once', () => {
  const all = [
    { title: 'Stalker', year: 1979 },
    { title: 'Alien', year: 1979 },
    { title: 'Alien', year: 2030 },
    { title: 'Grease', year: 1978 },
  ];
  const found = favouritesOfViewer(all);
  expect(found.map(({ film }) => film).sort()).toEqual([0, 1, 3]);
  expect(found.find(({ film }) => film === 1)!.stars).toBe(5);
  for (let i = 1; i < found.length; i++) expect(found[i]!.ago).toBeGreaterThan(found[i - 1]!.ago);
});

/** Trains on the first 80 % of each viewer's ratings; the rest that were liked should come among the first ten. */
function recallAtTen({ viewers, viewer, film, stars }: SimulatedHistory): { neighbours: number; popularity: number } {
  const n = films.length;
  const seen: number[][] = viewers.map(() => []);
  const liked: number[][] = viewers.map(() => []);
  const total = new Int32Array(viewers.length);
  for (const who of viewer) total[who]!++;
  for (let i = film.length - 1, done = new Int32Array(viewers.length); i >= 0; i--) {
    const who = viewer[i]!;
    if (done[who]!++ < 0.8 * total[who]!) seen[who]!.push(film[i]!);
    else if (stars[i]! >= 4) liked[who]!.push(film[i]!);
  }
  const together = new Float64Array(n * n);
  for (const list of seen) for (const a of list) for (const b of list) together[a * n + b]!++;
  const count = (a: number): number => together[a * n + a]!;
  const recall = (score: (list: readonly number[], candidate: number) => number): number => {
    const tested = seen.map((_, who) => who).filter((who) => liked[who]!.length > 0);
    const parts = tested.map((who) => {
      const mine = new Set(seen[who]);
      const scored = [...films.keys()]
        .filter((candidate) => !mine.has(candidate))
        .map((candidate) => [score(seen[who]!, candidate), candidate] as const);
      const top = scored
        .sort((a, b) => b[0] - a[0])
        .slice(0, 10)
        .map(([, candidate]) => candidate);
      return liked[who]!.filter((candidate) => top.includes(candidate)).length / Math.min(10, liked[who]!.length);
    });
    return parts.reduce((sum, part) => sum + part, 0) / parts.length;
  };
  return {
    popularity: recall((_, candidate) => count(candidate)),
    neighbours: recall((list, candidate) =>
      list.reduce((sum, a) => sum + together[a * n + candidate]! / Math.sqrt(count(a) * count(candidate) + 1), 0),
    ),
  };
}
