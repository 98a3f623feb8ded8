import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { badRequest } from '../../core/errors.ts';
import type { FilmFacts } from '../../recommend/algorithm.ts';
import type { DataSet } from '../../jobs/evaluation/data-set.ts';
import { linesOf } from '../import/lines.ts';
import { csvRows } from '../import/rows.ts';
import { plainFile } from '../import/source.ts';
import { RatingColumns } from './columns.ts';
import { unknownFilm } from './films.ts';

/** The files of He et al. 2017. */
export interface NcfFiles {
  /** "user item rating time", apart by tabs, numbers from 0 */
  readonly train: string;
  /** one such line a viewer */
  readonly test: string;
  /** "(user,item)" and the films that it has to beat, apart by tabs; without it there is no given split */
  readonly negatives: string | undefined;
}
const mapName = 'item_id_map.csv';
const ignored = (): void => {};

/**
 * All ratings of both files, and the split that they are.
 * @param facts of films by MovieLens id, where they are known; item_id_map.csv beside the training file says which item is which
 */
export async function readNcf({ train, test, negatives }: NcfFiles, facts: ReadonlyMap<number, FilmFacts> | undefined): Promise<DataSet> {
  const columns = new RatingColumns(),
    film = new Map<number, number>();
  let films = 0;
  for (const path of [train, test]) {
    for await (const [user, item, stars, at] of rowsOf(path)) {
      columns.add(user, item, stars, at);
      films = Math.max(films, item + 1);
      if (path === test) film.set(columns.rowOf(user), item);
    }
  }
  const against = negatives === undefined ? undefined : await readNegatives(negatives, (user) => columns.rowOf(user), film);
  for (const others of against?.values() ?? []) for (const other of others) films = Math.max(films, other + 1);
  const idOf = facts && (await readMap(join(dirname(train), mapName)));
  return {
    name: basename(train),
    ...columns.finish(films),
    films: Array.from({ length: films }, (_, item) => facts?.get(idOf!.get(item) ?? -1) ?? unknownFilm(item)),
    ...(against ? { leftOut: { film, against } } : {}),
  };
}

async function* rowsOf(path: string): AsyncGenerator<readonly [number, number, number, number]> {
  const file = plainFile(path);
  for await (const { line, text } of linesOf(file.name, file.read(ignored))) {
    const [user, item, stars, at = 0] = text.split('\t').map(Number);
    if (!isId(user) || !isId(item) || !(stars! > 0) || !(at >= 0))
      throw badRequest(`${file.name}, line ${line}: it must be user, item, rating and time, apart by tabs, users and items numbered from 0.`);
    yield [user, item, stars!, at];
  }
}

async function readNegatives(path: string, rowOf: (user: number) => number, left: ReadonlyMap<number, number>): Promise<Map<number, Int32Array>> {
  const file = plainFile(path),
    against = new Map<number, Int32Array>();
  for await (const { line, text } of linesOf(file.name, file.read(ignored))) {
    const [head = '', ...others] = text.split('\t');
    const [, user, item] = /^\((\d+),(\d+)\)$/.exec(head) ?? [];
    const films = Int32Array.from(others, Number);
    if (user === undefined || films.length === 0 || !films.every((film, i) => isId(film) && String(film) === others[i]))
      throw badRequest(`${file.name}, line ${line}: it must be (user,item) and the items it has to beat, apart by tabs.`);
    const row = rowOf(Number(user));
    if (left.get(row) !== Number(item))
      throw badRequest(`${file.name}, line ${line}: the test file holds out another film of user ${user}. Give files of one split.`);
    against.set(row, films);
  }
  const without = [...left.keys()].filter((row) => !against.has(row));
  if (without.length > 0) throw badRequest(`${file.name} has no line for ${without.length} viewers of the test file. Give files of one split.`);
  return against;
}

async function readMap(path: string): Promise<Map<number, number>> {
  if (!existsSync(path))
    throw badRequest(`${path} is missing: without it nobody knows which film of --data is which. Put it there, or leave --data out.`);
  const file = plainFile(path),
    idOf = new Map<number, number>();
  for await (const { fields } of csvRows({ name: file.name, columns: ['ncfItemId', 'movieId'], least: 2 }, file.read(ignored)))
    idOf.set(Number(fields[0]), Number(fields[1]));
  return idOf;
}

const isId = (value: number | undefined): value is number => Number.isInteger(value) && value! >= 0 && value! < 2 ** 31;
