import type { Sql } from '../../../core/database/sql.ts';
import type { Experiment } from '../model.ts';
import { positionRates, type PositionRate } from '../statistics/lists/positions.ts';
import { coverageOf, entropy, gini, miscalibration } from '../statistics/lists/variety.ts';

/** What an arm's lists are like, and where in them viewers click. */
export interface ListFigures {
  readonly key: string;
  readonly name: string;
  /** lists that this is made from: the same number in each arm, since more lists show more films */
  readonly lists: number;
  /** share of the visible catalogue that was shown at all, and its 95 % interval over viewers */
  readonly coverage: number | null;
  readonly coverageInterval: readonly [low: number, high: number] | null;
  /** bits: how evenly what was shown spreads over films */
  readonly entropy: number | null;
  /** 0 = every film that was shown was shown as often */
  readonly gini: number | null;
  readonly novelty: number | null;
  readonly diversity: number | null;
  /** how far the genres of a viewer's lists are from those of the films that the viewer rated 4 or more; 0 = the same mix */
  readonly miscalibration: number | null;
  readonly positions: readonly PositionRate[];
}

/** Lists of an arm that are looked at, at most. */
const MOST_LISTS = 3_000;
/** Viewers of an arm whose clicks are counted by position, at most. */
const MOST_UNITS = 20_000;
const MOST_POSITIONS = 30;

interface Row {
  readonly arm: string;
  readonly unit: number;
  readonly films: readonly number[];
  readonly novelty: number | null;
  readonly diversity: number | null;
}

interface Count {
  readonly arm: string;
  /** films of a list; null where clicks at a position are counted */
  readonly size: number | null;
  readonly position: number | null;
  readonly n: number;
}

export async function listFigures(sql: Sql, { id, phase, arms }: Pick<Experiment, 'id' | 'phase' | 'arms'>): Promise<ListFigures[]> {
  const keys = arms.map(({ key }) => key);
  const [rows, counts, catalogue] = await Promise.all([
    sql.rows<Row>(sampleStatement, [id, phase, keys, MOST_LISTS]),
    sql.rows<Count>(countStatement, [id, phase, keys, MOST_UNITS]),
    sql.one<{ films: number }>('select count(*)::integer as films from film where not hidden'),
  ]);
  const fewest = Math.min(...arms.map(({ key }) => rows.filter(({ arm }) => arm === key).length));
  const genres = await genresOf(sql, rows);
  return arms.map(({ key, name }) => {
    const own = rows.filter(({ arm }) => arm === key).slice(0, fewest);
    const positions = Array.from({ length: MOST_POSITIONS }, (_, i) => ({
      position: i + 1,
      impressions: counts.filter(({ arm, size }) => arm === key && size !== null && size > i).reduce((sum, { n }) => sum + n, 0),
      clicks: counts.find(({ arm, position }) => arm === key && position === i)?.n ?? 0,
    })).filter(({ impressions }) => impressions > 0);
    return { key, name, lists: own.length, ...varietyOf(own, catalogue!.films, genres), positions: positionRates(positions) };
  });
}

function varietyOf(lists: readonly Row[], films: number, genres: Genres): Omit<ListFigures, 'key' | 'name' | 'lists' | 'positions'> {
  if (lists.length === 0)
    return { coverage: null, coverageInterval: null, entropy: null, gini: null, novelty: null, diversity: null, miscalibration: null };
  const counts = new Map<number, number>();
  for (const list of lists) for (const film of list.films) counts.set(film, (counts.get(film) ?? 0) + 1);
  const times = [...counts.values()],
    units = byUnit(lists),
    shown = coverageOf([...units.values()], films);
  return {
    coverage: shown.value,
    coverageInterval: shown.interval,
    entropy: entropy(times),
    gini: gini(times),
    novelty: mean(lists.map(({ novelty }) => novelty)),
    diversity: mean(lists.map(({ diversity }) => diversity)),
    miscalibration: mean(Array.from(units, ([unit, own]) => offOf(genres, unit, own))),
  };
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
}

function byUnit(lists: readonly Row[]): Map<number, number[]> {
  const units = new Map<number, number[]>();
  for (const { unit, films } of lists) units.set(unit, [...(units.get(unit) ?? []), ...films]);
  return units;
}

interface Genres {
  readonly ofFilm: ReadonlyMap<number, readonly string[]>;
  /** shares of the genres of films that a unit rated 4 or more */
  readonly ofUnit: ReadonlyMap<number, Readonly<Record<string, number>>>;
}

function offOf({ ofFilm, ofUnit }: Genres, unit: number, films: readonly number[]): number | null {
  const taste = ofUnit.get(unit);
  return taste ? miscalibration(taste, sharesOf(films.flatMap((film) => weighted(ofFilm.get(film) ?? [])))) : null;
}

/** A film counts once, divided among its genres. */
const weighted = (genres: readonly string[]): [string, number][] => genres.map((genre) => [genre, 1 / genres.length]);
function sharesOf(weights: readonly (readonly [string, number])[]): Record<string, number> {
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  const shares: Record<string, number> = {};
  for (const [genre, weight] of weights) shares[genre] = (shares[genre] ?? 0) + weight / total;
  return shares;
}

async function genresOf(sql: Sql, lists: readonly Row[]): Promise<Genres> {
  const liked = await sql.rows<{ unit: number; film: number }>('select unit, film from rating where stars >= 4 and unit = any($1)', [
    [...new Set(lists.map(({ unit }) => unit))],
  ]);
  const films = [...new Set([...lists.flatMap((list) => list.films), ...liked.map(({ film }) => film)])];
  const rows = await sql.rows<{ film: number; genres: string[] }>(
    'select fg.film, json_agg(g.name order by fg.ord) as genres from film_genre fg join genre g on g.id = fg.genre where fg.film = any($1) group by fg.film',
    [films],
  );
  const ofFilm = new Map(rows.map(({ film, genres }) => [film, genres])),
    likes = new Map<number, [string, number][]>();
  for (const { unit, film } of liked) likes.set(unit, [...(likes.get(unit) ?? []), ...weighted(ofFilm.get(film) ?? [])]);
  return { ofFilm, ofUnit: new Map(Array.from(likes, ([unit, weights]) => [unit, sharesOf(weights)])) };
}

/** The first viewers of each arm, in the order in which they came into being: much the same people each time. */
const chosen = `with chosen as (
  select k.arm, u.unit from unnest($3::text[]) k(arm), lateral (
    select unit from experiment_unit where experiment = $1 and phase = $2 and arm = k.arm and standing = 'counted' order by unit limit $4) u
)`;

/** Their latest lists. */
const sampleStatement = `${chosen}
select arm, unit, films, novelty, diversity from (
  select c.arm, c.unit, l.films, l.novelty, l.diversity, row_number() over (partition by c.arm order by l.served_at desc, l.id) as n
  from chosen c join list_assignment a on a.experiment = $1 and a.unit = c.unit and a.phase = $2 join served_list l on l.id = a.list
) x where n <= $4`;

/** How many of their lists have so many films, and how many clicks a position got. */
const countStatement = `${chosen}, list as materialized (
  select c.arm, l.id, cardinality(l.films) as size
  from chosen c join list_assignment a on a.experiment = $1 and a.unit = c.unit and a.phase = $2 join served_list l on l.id = a.list
)
select arm, size, null as position, count(*)::integer as n from list group by 1, 2
union all select arm, null, c.position, count(*)::integer from list join click c on c.list = list.id group by 1, 3`;
