import type { Sql } from '../../core/database/sql.ts';
import { eachPaced, Pace } from '../../math/pace.ts';
import type { Facts, Reading } from './facts.ts';
import { Titles, type Title } from './likeness.ts';

/** The film that a line means, or why none does. */
export interface Match {
  readonly film: number | null;
  /** to be looked at by whoever brings it */
  readonly unsure: boolean;
  /** unsure, and only spelt alike: left out unless it is ticked */
  readonly probable: boolean;
  readonly problem: string | null;
}

interface Found {
  readonly n: number;
  readonly film: number;
  readonly exact: boolean;
  readonly many: boolean;
}

/** Lines whose spelling is tried; reading them takes some seconds at most. */
const mostTried = 5_000;

/**
 * Compares lines with the films that viewers may see: first by IMDb id, then by title and year. The title counts without
 * accents, case and signs, and as a whole; the year may differ by one, because sites count festivals differently. Such a
 * film, and one without a year to compare, is `unsure`; of several that fit equally none is taken. A line without any is
 * compared by spelling with the films of its year and those beside it, which finds what is `probable`.
 */
export async function matchAll(sql: Sql, readings: readonly Reading[]): Promise<Match[]> {
  const facts = readings.map((reading) => reading.facts);
  const byId = new Map((await sql.rows<{ n: number; film: number }>(idSearch, [facts.map(({ imdb }) => imdb)])).map(({ n, film }) => [n, film]));
  const byTitle = new Map(
    (await sql.rows<Found>(titleSearch, [facts.map(({ title }) => title), facts.map(({ year }) => year)])).map((found) => [found.n, found]),
  );
  const matches = readings.map(({ problem, facts: line }, index) => matchOf(problem, line, byId.get(index + 1), byTitle.get(index + 1)));
  await trySpelling(sql, facts, matches);
  return matches;
}

const taken = (film: number, unsure: boolean): Match => ({ film, unsure, probable: false, problem: null });
const left = (problem: string): Match => ({ film: null, unsure: false, probable: false, problem });
const unknown = 'There is no film of this title and year here.';

function matchOf(problem: string | undefined, { year }: Facts, id: number | undefined, found: Found | undefined): Match {
  if (problem !== undefined) return left(problem);
  if (id !== undefined) return taken(id, false);
  if (found === undefined) return left(unknown);
  if (!found.many) return taken(found.film, !found.exact);
  return left(year === null ? 'Several films have this title, and the line names no year.' : 'Several films have this title in these years.');
}

/** Looks for lines that nothing fits among titles that are spelt alike. */
async function trySpelling(sql: Sql, facts: readonly Facts[], matches: Match[]): Promise<void> {
  const tried = matches.flatMap(({ problem }, index) => (problem === unknown && facts[index]!.year !== null ? [index] : [])).slice(0, mostTried);
  if (tried.length === 0) return;
  const years = new Set(tried.flatMap((index) => [-1, 0, 1].map((off) => facts[index]!.year! + off)));
  const keys = await sql.rows<{ key: string }>(typedKeys, [tried.map((index) => facts[index]!.title)]);
  const titles = await Titles.of(await sql.rows<Title>(titlesOf, [[...years]]));
  await eachPaced(tried.entries(), new Pace(), ([n, index]) => {
    const found = titles.mostLike(keys[n]!.key, facts[index]!.year!);
    if (found) matches[index] = found.many ? left('Several films here have a title like this.') : { ...taken(found.film, true), probable: true };
  });
}

const idSearch = `select t.n::integer as n, min(f.id) as film from unnest($1::integer[]) with ordinality as t (imdb, n)
  join film f on f.imdb_id = t.imdb and not f.hidden group by t.n`;

/** Letters and digits alone, an article in front left out: "Amélie, Le Fabuleux" is "amelie le fabuleux". */
const key = (text: string): string => `regexp_replace(regexp_replace(plain_text(${text}), '[^a-z0-9]+', ' ', 'g'), '^ *(the|a|an) | +$', '', 'g')`;
/** Titles may carry another name in brackets behind them. */
const known = (which: string): string => `select id, year, ${key('title')} as key from film where not hidden and ${which}
    union all select id, year, ${key(`regexp_replace(title, ' *[(].*$', '')`)} from film where not hidden and ${which} and title like '%(%'`;
/** The key is found in memory: tens of thousands of titles take a fraction of a second. */
const titleSearch = `with known as materialized (${known('true')}), typed as materialized (
    select n::integer as n, ${key('title')} as key, year from unnest($1::text[], $2::integer[]) with ordinality as t (title, year, n)
  ), near as (
    select t.n, k.id, case when t.year is null or k.year is null then 2 else abs(t.year - k.year) end as off
    from typed t join known k using (key) where t.key <> '' and (t.year is null or k.year is null or abs(t.year - k.year) <= 1)
  ), best as (select n, id, off, min(off) over (partition by n) as least from near)
  select n, min(id) as film, min(off) = 0 as exact, count(distinct id) > 1 as many from best where off = least group by n`;
const titlesOf = `select id as film, year, key from (${known('year = any($1)')}) k`;
const typedKeys = `select ${key('title')} as key from unnest($1::text[]) with ordinality as t (title, n) order by n`;
