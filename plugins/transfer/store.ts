import type { Sql } from '../../core/database/sql.ts';
import { notFound } from '../../core/errors.ts';
import type { Brought, BroughtFilm } from '../../recommend/brought.ts';
import type { Facts, Source } from './facts.ts';
import type { Match } from './match.ts';
import type { Line } from './reading.ts';

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
  /** in a zip: "diary.csv:12" */
  readonly place: string;
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
  readonly probable: number;
  readonly unmatched: number;
  /** the last line that may be taken */
  readonly last: number;
  readonly kinds: Readonly<Record<Brought, number>>;
}
type NewFile = Pick<ImportFile, 'account' | 'name' | 'source' | 'at'> & {
  readonly lines: readonly Line[];
  readonly matches: readonly Match[];
};
const atOnce = 5_000;

/** Keeps a file that was read. One that its owner had not decided on makes room. @returns its id */
export const saveFile = (sql: Sql, { account, name, source, at, lines, matches }: NewFile): Promise<number> =>
  sql.transaction(async (tx) => {
    await tx.rows(`delete from import_file where account = $1 and state = 'read'`, [account]);
    const { id } = (await tx.one<{ id: number }>('insert into import_file (account, name, source, at) values ($1, $2, $3, $4) returning id', [
      account,
      name,
      source,
      at,
    ]))!;
    const rows = lines.map(({ facts, line, place }, index) => ({
      line,
      place,
      title: facts.title.slice(0, 300),
      year: facts.year,
      ...matches[index],
      facts,
    }));
    for (let start = 0; start < rows.length; start += atOnce) {
      await tx.rows(
        `insert into import_row (file, line, place, title, year, film, unsure, probable, problem, facts)
        select $1::integer, line, place, title, year, film, unsure, probable, problem, facts from json_to_recordset($2::json)
          as r (line integer, place text, title text, year integer, film integer, unsure boolean, probable boolean, problem text, facts jsonb)`,
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

/** Films that stand on several lines, as in the files of one zip, count once; in the diary each day counts. */
export const countsOf = async (sql: Sql, file: number): Promise<Counts> =>
  (await sql.one<Counts>(
    `select count(distinct film) filter (where not unsure)::integer as sure,
      count(distinct (title, year, film)) filter (where film is not null and unsure and not probable)::integer as unsure,
      count(distinct (title, year, film)) filter (where film is not null and probable)::integer as probable,
      count(*) filter (where film is null)::integer as unmatched,
      coalesce(max(line) filter (where film is not null), 0) as last,
      json_build_object(
        'ratings', count(distinct film) filter (where facts ? 'stars'),
        'watched', count(distinct film) filter (where facts ? 'watched' or facts ? 'watchedOn'),
        'diary', count(distinct (film, facts->>'watchedOn')) filter (where film is not null and facts ? 'watchedOn'),
        'watchlist', count(distinct film) filter (where facts ? 'watchlist'),
        'reviews', count(distinct film) filter (where facts ? 'review')) as kinds
    from import_row where file = $1`,
    [file],
  ))!;

export type Group = 'sure' | 'unsure' | 'probable' | 'unmatched';
const conditions: Readonly<Record<Group, string>> = {
  sure: 'film is not null and not unsure',
  unsure: 'film is not null and unsure and not probable',
  probable: 'film is not null and probable',
  unmatched: 'film is null',
};
const columns = 'line, place, title, year, film, problem, chosen, facts';
/** The first lines of a group; of several that say the same of the same film, one. */
export const rowsIn = (sql: Sql, file: number, group: Group, limit: number): Promise<ImportRow[]> =>
  sql.rows(
    `select * from (select distinct on (${group === 'unmatched' ? 'line' : 'title, year, film'}) ${columns} from import_row where file = $1 and ${conditions[group]}
      order by ${group === 'unmatched' ? 'line' : 'title, year, film, line'}) r order by line limit $2`,
    [file, limit],
  );

/** Stores the choice and lets the import wait for its turn: true. False when that was done before. */
export async function choose(tx: Sql, id: number, kinds: readonly Brought[], replaces: boolean, lines: readonly number[]): Promise<boolean> {
  const file = await tx.one(`update import_file set state = 'waiting', kinds = $2, replaces = $3 where id = $1 and state = 'read' returning id`, [
    id,
    kinds,
    replaces,
  ]);
  if (!file) return false;
  await tx.rows(
    `update import_row r set chosen = exists (select from import_row t where t.file = r.file and t.line = any($2) and t.film = r.film
        and t.title = r.title and t.year is not distinct from r.year) where r.file = $1 and r.unsure`,
    [id, lines],
  );
  return true;
}

/** The next lines to take, in their order. */
export const nextRows = (sql: Sql, { id, taken }: Pick<ImportFile, 'id' | 'taken'>, limit: number): Promise<ImportRow[]> =>
  sql.rows(`select ${columns} from import_row where file = $1 and line > $2 and film is not null and chosen order by line limit $3`, [
    id,
    taken,
    limit,
  ]);

/** Reports the lines among these whose films had no room, with the reason. What else they said of the film is taken. */
export async function refuse(tx: Sql, file: number, rows: readonly ImportRow[], refused: ReadonlyMap<number, string>): Promise<void> {
  const lines = rows.filter(({ film, facts }) => refused.has(film!) && facts.watchlist);
  await tx.rows(
    `update import_row r set film = null, problem = t.problem from unnest($2::integer[], $3::text[]) as t (line, problem)
      where r.file = $1 and r.line = t.line`,
    [file, lines.map(({ line }) => line), lines.map(({ film }) => refused.get(film!))],
  );
}

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
