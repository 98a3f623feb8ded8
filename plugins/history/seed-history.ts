import type { Sql } from '../../core/database/sql.ts';
import { favouritesOfViewer, type SimulatedHistory } from './seed/index.ts';

export interface SeedParts {
  /** made from all stored films, in the order of their ids */
  readonly history: SimulatedHistory;
  /** unit of each simulated viewer, in the order of `history.viewers` */
  readonly units: readonly number[];
  /** the unit that gets the built-in viewer's ratings */
  readonly favouritesOf: number;
  readonly now: Date;
  /** gets the fraction 0 … 1 that is done */
  readonly progress?: (fraction: number) => void;
}
interface Film {
  readonly id: number;
  readonly title: string;
  readonly year: number | null;
}
interface Row {
  readonly unit: number;
  readonly film: number;
  readonly stars: number;
  readonly ago: number;
}

const batch = 10_000;

/**
 * Stores simulated ratings, all or nothing. Ratings that are there already stay.
 * @returns how many were added
 */
export function seedHistory(sql: Sql, { history, units, favouritesOf, now, progress = () => {} }: SeedParts): Promise<number> {
  return sql.transaction(async (tx) => {
    const films = await tx.rows<Film>('select id, title, year from film order by id');
    const rows: Row[] = favouritesOfViewer(films).map((favourite) => ({ ...favourite, unit: favouritesOf }));
    history.viewer.forEach((viewer, i) =>
      rows.push({ unit: units[viewer]!, film: history.film[i]!, stars: history.stars[i]!, ago: history.ago[i]! }),
    );
    let added = 0;
    for (let from = 0; from < rows.length; from += batch) {
      added += await insert(tx, rows.slice(from, from + batch), films, now);
      progress(Math.min(1, (from + batch) / rows.length));
    }
    return added;
  });
}

async function insert(tx: Sql, rows: readonly Row[], films: readonly Film[], now: Date): Promise<number> {
  const { added } = (await tx.one<{ added: number }>(
    `with added as (
      insert into rating (unit, film, stars, rated_at)
      select unit, film, stars, $5::timestamptz - ago * interval '1 second'
      from unnest($1::integer[], $2::integer[], $3::real[], $4::double precision[]) as r (unit, film, stars, ago)
      on conflict do nothing returning 1)
    select count(*)::integer as added from added`,
    [rows.map(({ unit }) => unit), rows.map(({ film }) => films[film]!.id), rows.map(({ stars }) => stars), rows.map(({ ago }) => ago), now],
  ))!;
  return added;
}
