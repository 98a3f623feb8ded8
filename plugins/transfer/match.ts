import type { Sql } from '../../core/database/sql.ts';
import type { Facts, Reading } from './facts.ts';

/** The film that a line means, or why none does. */
export interface Match {
  readonly film: number | null;
  readonly unsure: boolean;
  readonly problem: string | null;
}

interface Found {
  readonly n: number;
  readonly film: number;
  readonly exact: boolean;
  readonly many: boolean;
}

/**
 * Compares lines with the films that viewers may see: first by IMDb id, then by title and year. The title counts without
 * accents, case and signs, and as a whole; the year may differ by one, because sites count festivals differently. Such a
 * film, and one without a year to compare, is `unsure`; of several that fit equally none is taken.
 */
export async function matchAll(sql: Sql, readings: readonly Reading[]): Promise<Match[]> {
  const facts = readings.map((reading) => reading.facts);
  const byId = new Map((await sql.rows<{ n: number; film: number }>(idSearch, [facts.map(({ imdb }) => imdb)])).map(({ n, film }) => [n, film]));
  const byTitle = new Map(
    (await sql.rows<Found>(titleSearch, [facts.map(({ title }) => title), facts.map(({ year }) => year)])).map((found) => [found.n, found]),
  );
  return readings.map(({ problem, facts: line }, index) => matchOf(problem, line, byId.get(index + 1), byTitle.get(index + 1)));
}

function matchOf(problem: string | undefined, facts: Facts, id: number | undefined, found: Found | undefined): Match {
  if (problem !== undefined) return { film: null, unsure: false, problem };
  if (id !== undefined) return { film: id, unsure: false, problem: null };
  if (found === undefined) return { film: null, unsure: false, problem: 'There is no film of this title and year here.' };
  if (found.many)
    return {
      film: null,
      unsure: false,
      problem: facts.year === null ? 'Several films have this title, and the line names no year.' : 'Several films have this title in these years.',
    };
  return { film: found.film, unsure: !found.exact, problem: null };
}

const idSearch = `select t.n::integer as n, min(f.id) as film from unnest($1::integer[]) with ordinality as t (imdb, n)
  join film f on f.imdb_id = t.imdb and not f.hidden group by t.n`;

/** Letters and digits alone, an article in front left out: "Amélie, Le Fabuleux" is "amelie le fabuleux". */
const key = (text: string): string => `regexp_replace(regexp_replace(plain_text(${text}), '[^a-z0-9]+', ' ', 'g'), '^ *(the|a|an) | +$', '', 'g')`;
/** Titles may carry another name in brackets behind them. The key is found in memory: tens of thousands of titles take a fraction of a second. */
const titleSearch = `with known as materialized (
    select id, year, ${key('title')} as key from film where not hidden
    union select id, year, ${key(`regexp_replace(title, ' *[(].*$', '')`)} from film where not hidden and title like '%(%'
  ), typed as materialized (
    select n::integer as n, ${key('title')} as key, year from unnest($1::text[], $2::integer[]) with ordinality as t (title, year, n)
  ), near as (
    select t.n, k.id, case when t.year is null or k.year is null then 2 else abs(t.year - k.year) end as off
    from typed t join known k using (key) where t.key <> '' and (t.year is null or k.year is null or abs(t.year - k.year) <= 1)
  ), best as (select n, id, off, min(off) over (partition by n) as least from near)
  select n, min(id) as film, min(off) = 0 as exact, count(distinct id) > 1 as many from best where off = least group by n`;
