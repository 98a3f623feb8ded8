import type { Sql } from '../../core/database/sql.ts';
import type { HistoryReader, StoredHistory } from '../../recommend/ports.ts';

/** [film, stars, seconds since 1970]; null stars for watched films without a rating */
type Seen = readonly (readonly [number, number | null, number])[];

/** What the recommender reads for every page: one statement, and one row for a history of any length. */
export const historiesOver = (sql: Sql): HistoryReader => ({
  async of(unit): Promise<StoredHistory> {
    const { seen, dismissed } = (await sql.one<{ seen: Seen; dismissed: number[] }>(everything, [unit]))!;
    return { films: seen.map(([film, stars, at]) => ({ film, stars, at })), dismissed };
  },
  held: {
    // Stars count alone, so it does not matter that films with stars are left out.
    watched: ({ films }) => films.filter(({ stars }) => stars === null).map(({ film }) => film),
    dismissed: ({ dismissed }) => dismissed,
  },
});

const everything = `select
  (select coalesce(json_agg(json_build_array(film, stars, extract(epoch from at)::bigint)), '[]') from (
    select film, stars, rated_at as at from rating where unit = $1
    union all
    select film, null, watched_at from watch w where unit = $1 and not exists (select from rating r where r.unit = $1 and r.film = w.film)
  ) s) as seen,
  (select coalesce(json_agg(film), '[]') from dismissal where unit = $1) as dismissed`;
