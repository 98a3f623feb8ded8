import { seeded, shuffle } from '../../math/random.ts';
import { rowIndex, sparseRows } from '../../math/sparse.ts';
import type { FilmFacts } from '../../recommend/algorithm.ts';
import type { DataSet } from '../../jobs/evaluation/data-set.ts';
import type { Terminal } from '../../config/evaluation/terminal.ts';
import { world } from '../algorithms/synthetic.ts';
import { folderWith, type Files } from '../import/files.ts';

const { data } = world(7, 60),
  random = seeded(11);
/** [viewer, film, stars, time] of 60 viewers of four tastes and 100 films, users and films numbered from 0 */
export const rows: readonly (readonly [number, number, number, number])[] = [...data.units.keys()].flatMap((viewer) =>
  [...rowIndex(data.ratings, viewer)].map((film, i) => {
    const stars = data.ratings.value[data.ratings.start[viewer]! + i]!;
    return [viewer, film, stars, 1_400_000_000 + Math.floor(random() * 100_000_000)] as const;
  }),
);
const films = data.films.slice(0, 100);

/** The same as MovieLens files. */
export const movielensFiles = ({ timed = true } = {}): Files => ({
  'movies.csv': ['movieId,title,genres', ...films.map(({ title, genres }, film) => `${film + 1},${title} (2000),${genres.join('|')}`), ''].join('\n'),
  'ratings.csv': [
    `userId,movieId,rating${timed ? ',timestamp' : ''}`,
    ...rows.map(([viewer, film, stars, at]) => `${viewer + 1},${film + 1},${stars}${timed ? `,${at}` : ''}`),
    '',
  ].join('\n'),
});

/** The newest film of each viewer left out, as He et al. 2017 publish it; item 0 is film 100 of the folder, item 99 film 1. */
export function ncfFiles(): Files {
  const train: string[] = [],
    test: string[] = [],
    negatives: string[] = [];
  for (const viewer of new Set(rows.map(([who]) => who))) {
    const own = rows.filter(([who]) => who === viewer).sort((a, b) => a[3] - b[3]),
      seen = new Set(own.map(([, film]) => film)),
      [, left, stars, at] = own.pop()!;
    train.push(...own.map(([, film, liking, time]) => `${viewer}\t${99 - film}\t${liking}\t${time}`));
    test.push(`${viewer}\t${99 - left}\t${stars}\t${at}`);
    const others = shuffle(
      [...films.keys()].filter((film) => !seen.has(film)),
      seeded(viewer),
    ).slice(0, 20);
    negatives.push([`(${viewer},${99 - left})`, ...others.map((film) => 99 - film)].join('\t'));
  }
  const map = ['ncfItemId,movieId', ...films.map((_, film) => `${99 - film},${film + 1}`)];
  const file = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
  return { 'train.rating': file(train), 'test.rating': file(test), 'test.negative': file(negatives), 'item_id_map.csv': file(map) };
}

export const movielensFolder = (options?: { timed?: boolean }): string => folderWith(movielensFiles(options), 'made-up');
export const ncfFolder = (files: Files = {}): string => folderWith({ ...ncfFiles(), ...files });

/** A data set of a few lines [viewer, film, stars, days before the newest]; times are unknown where no line has an age. */
export function dataSet(count: number, lines: readonly (readonly [number, number, number, number?])[]): DataSet {
  const ratings = sparseRows(Math.max(...lines.map(([viewer]) => viewer)) + 1, count, {
    row: Int32Array.from(lines, ([viewer]) => viewer),
    column: Int32Array.from(lines, ([, film]) => film),
    value: Float32Array.from(lines, ([, , stars]) => stars),
  });
  return {
    name: 'a few lines',
    films: Array.from({ length: count }, (_, film) => filmOf(film)),
    units: Int32Array.from({ length: ratings.rows }, (_, row) => 100 + row),
    ratings,
    age: Float32Array.from(ratings.order, (line) => lines[line]![3] ?? 0),
    timed: lines.some(([, , , age]) => age !== undefined),
  };
}
export const filmOf = (film: number, genres: readonly string[] = []): FilmFacts => ({
  id: film + 1,
  title: `Film ${film}`,
  year: 2000,
  genres,
  keywords: [],
  directors: [],
  cast: [],
  plot: '',
});

/** A terminal that remembers. */
export function listener(): Terminal & { readonly said: string[]; readonly printed: string[] } {
  const said: string[] = [],
    printed: string[] = [];
  return {
    said,
    printed,
    say: (line) => void said.push(line),
    print: (text) => void printed.push(text),
    steps: { run: (_title, work) => work(() => {}) },
  };
}
