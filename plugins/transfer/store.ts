import type { Sql } from '../../core/database/sql.ts';
import { notFound } from '../../core/errors.ts';
import type { Brought, BroughtFilm } from '../../core/personal-data.ts';
import type { Facts, Reading, Source } from './facts.ts';
import type { Match } from './match.ts';

export interface ImportFile {
  readonly id: number;
  readonly account: number;
  readonly name: string;
  readonly source: Source;
  readonly state: 'read' | 'waiting' | 'done' | 'failed';
  readonly kinds: readonly Brought[];
  readonly replaces: boolean;
  /** the last line that was taken */
  readonly taken: number;
  readonly result: Partial<Record<Brought, number>>;
  readonly at: Date;
}
export interface ImportRow {
  readonly line: number;
  readonly title: string;
  readonly year: number | null;
  readonly film: number | null;
  readonly problem: string | null;
  readonly chosen: boolean;
  readonly facts: Facts;
}
export interface Counts {
  readonly sure: number;
  readonly unsure: number;
  readonly unmatched: number;
  /** the last line that may be taken */
  readonly last: number;
  readonly kinds: Readonly<Record<Brought, number>>;
}
type NewFile = Pick<ImportFile, 'account' | 'name' | 'source' | 'at'> & {
  readonly lines: readonly number[];
  readonly readings: readonly Reading[];
  readonly matches: readonly Match[];
};
const atOnce = 5_000;

/** Keeps a file that was read. One that its owner had not decided on makes room. @returns its id */
export const saveFile = (sql: Sql, { account, name, source, at, lines, readings, matches }: NewFile): Promise<number> =>
  sql.transaction(async (tx) => {
    await tx.rows(`delete from import_file where account = $1 and state = 'read'`, [account]);
    const { id } = (await tx.one<{ id: number }>('insert into import_file (account, name, source, at) values ($1, $2, $3, $4) returning id', [
      account,
      name,
      source,
      at,
    ]))!;
    const rows = readings.map(({ facts }, index) => ({
      line: lines[index],
      title: facts.title.slice(0, 300),
      year: facts.year,
      ...matches[index],
      facts,
    }));
    for (let start = 0; start < rows.length; start += atOnce) {
      await tx.rows(
        `insert into import_row (file, line, title, year, film, unsure, problem, facts)
        select $1::integer, line, title, year, film, unsure, problem, facts
        from json_to_recordset($2::json) as r (line integer, title text, year integer, film integer, unsure boolean, problem text, facts jsonb)`,
        [id, JSON.stringify(rows.slice(start, start + atOnce))],
      );
    }
    return id;
  });

/** Somebody else's file is 404. */
export async function fileOf(sql: Sql, account: number, id: number): Promise<ImportFile> {
  const file = await sql.one<ImportFile>('select * from import_file where id = $1 and account = $2', [id, account]);
  if (!file) throw notFound('import');
  return file;
}

export const filesOf = (sql: Sql, account: number): Promise<ImportFile[]> =>
  sql.rows('select * from import_file where account = $1 order by at desc, id desc limit 20', [account]);

export const countsOf = async (sql: Sql, file: number): Promise<Counts> =>
  (await sql.one<Counts>(
    `select count(*) filter (where film is not null and not unsure)::integer as sure,
      count(*) filter (where film is not null and unsure)::integer as unsure,
      count(*) filter (where film is null)::integer as unmatched,
      coalesce(max(line) filter (where film is not null), 0) as last,
      json_build_object(
        'ratings', count(*) filter (where film is not null and facts ? 'stars'),
        'watched', count(*) filter (where film is not null and (facts ? 'watched' or facts ? 'watchedOn')),
        'diary', count(*) filter (where film is not null and facts ? 'watchedOn'),
        'watchlist', count(*) filter (where film is not null and facts ? 'watchlist'),
        'reviews', count(*) filter (where film is not null and facts ? 'review')) as kinds
    from import_row where file = $1`,
    [file],
  ))!;

export type Group = 'sure' | 'unsure' | 'unmatched';
const conditions: Readonly<Record<Group, string>> = {
  sure: 'film is not null and not unsure',
  unsure: 'film is not null and unsure',
  unmatched: 'film is null',
};
export const rowsIn = (sql: Sql, file: number, group: Group, limit: number): Promise<ImportRow[]> =>
  sql.rows(`select line, title, year, film, problem, chosen, facts from import_row where file = $1 and ${conditions[group]} order by line limit $2`, [
    file,
    limit,
  ]);

/** Stores the choice and lets the import wait for its turn: true. False when that was done before. */
export async function choose(tx: Sql, id: number, kinds: readonly Brought[], replaces: boolean, lines: readonly number[]): Promise<boolean> {
  const file = await tx.one(`update import_file set state = 'waiting', kinds = $2, replaces = $3 where id = $1 and state = 'read' returning id`, [
    id,
    kinds,
    replaces,
  ]);
  if (!file) return false;
  await tx.rows('update import_row set chosen = line = any($2) where file = $1 and unsure', [id, lines]);
  return true;
}

/** The next lines to take, in their order. */
export const nextRows = (sql: Sql, { id, taken }: Pick<ImportFile, 'id' | 'taken'>, limit: number): Promise<ImportRow[]> =>
  sql.rows(
    `select r.line, r.title, r.year, r.film, r.problem, r.chosen, r.facts from import_row r
    where r.file = $1 and r.line > $2 and r.film is not null and r.chosen order by r.line limit $3`,
    [id, taken, limit],
  );

/** What a line brings of the kinds that were chosen; nothing when that is nothing. */
export function broughtBy({ film, facts }: ImportRow, kinds: readonly Brought[], at: Date): BroughtFilm[] {
  const { stars, watchedOn, rewatch, watched, watchlist, review } = facts,
    has = (kind: Brought): boolean => kinds.includes(kind);
  const brought = {
    ...(has('ratings') && stars !== undefined && { stars }),
    ...(has('diary') && watchedOn !== undefined && { watchedOn, rewatch: rewatch ?? false }),
    ...(has('watched') && (watched ?? watchedOn !== undefined) ? { watched: true } : { watched: false }),
    ...(has('watchlist') && watchlist && { watchlist }),
    ...(has('reviews') && review !== undefined && { review }),
  };
  return [{ film: film!, at: facts.at === undefined ? at : new Date(facts.at), ...brought }];
}
