import { z } from 'zod';
import type { Sql } from '../../core/database/sql.ts';
import type { IdentityProvider } from '../../core/http/request.ts';
import type { Context } from '../../core/plugin.ts';
import { notFound } from '../../core/errors.ts';
import { read } from '../../core/http/form.ts';
import { Dismissed, Rated, Stars, Watched, type HistoryService, type Mark, type RatedFilm } from './api.ts';
import { unitsOrNew } from './interactions/users.ts';

type Publish = Context<unknown, Record<never, never>>['publish'];
/** Forms send text, programs numbers. */
const StarsAsTyped = z.object({ stars: z.preprocess((value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value), Stars) });

/** Writes what units do, and tells whoever listens once it is stored. */
export function historyOver({ sql, identity, publish }: { sql: Sql; identity: IdentityProvider; publish: Publish }): HistoryService {
  const put = async (statement: string, ...bind: unknown[]): Promise<void> => {
    if (!(await sql.one(statement, bind))) throw notFound('film');
  };
  return {
    async rate(unit, film, typed, at) {
      const { stars } = read(StarsAsTyped, { stars: typed });
      await put(
        `insert into rating (unit, film, stars, rated_at) select $1, id, $3, $4 from film where id = $2 and not hidden
        on conflict (unit, film) do update set stars = excluded.stars, rated_at = excluded.rated_at returning film`,
        unit,
        film,
        stars,
        at,
      );
      publish(Rated, { unit, film, stars, at });
    },
    async watch(unit, film, at) {
      await put(
        `insert into watch (unit, film, watched_at) select $1, id, $3 from film where id = $2 and not hidden
        on conflict (unit, film) do update set watched_at = excluded.watched_at returning film`,
        unit,
        film,
        at,
      );
      publish(Watched, { unit, film, at });
    },
    async dismiss(unit, film, at) {
      await put(
        `insert into dismissal (unit, film, at) select $1, id, $3 from film where id = $2 and not hidden
        on conflict (unit, film) do update set at = excluded.at returning film`,
        unit,
        film,
        at,
      );
      publish(Dismissed, { unit, film, at });
    },
    unrate: (unit, film) => put(take('rating'), unit, film),
    unwatch: (unit, film) => put(take('watch'), unit, film),
    undismiss: (unit, film) => put(take('dismissal'), unit, film),
    of: (unit, films) => marksOf(sql, unit, films),
    ratings: (units, { limit, offset = 0 }) =>
      sql.rows<RatedFilm>(
        `select r.unit, r.film, r.stars, r.rated_at as at
      from rating r join film f on f.id = r.film and not f.hidden where r.unit = any($1)
      order by r.rated_at desc, r.film desc limit $2 offset $3`,
        [units, limit, offset],
      ),
    unit: async (name) => (await unitsOrNew(sql, identity, [name])).get(name),
  };
}

/** A row tells that there is such a film, whether or not there was something to take away. */
const take = (table: 'rating' | 'watch' | 'dismissal'): string =>
  `with taken as (delete from ${table} where unit = $1 and film = $2) select id from film where id = $2`;

async function marksOf(sql: Sql, unit: number, films: readonly number[]): Promise<Map<number, Mark>> {
  const rows = await sql.rows<Mark & { film: number }>(
    `select f as film, r.stars, w.film is not null as watched, d.film is not null as dismissed
    from unnest($2::integer[]) f
    left join rating r on r.unit = $1 and r.film = f
    left join watch w on w.unit = $1 and w.film = f
    left join dismissal d on d.unit = $1 and d.film = f
    where num_nonnulls(r.film, w.film, d.film) > 0`,
    [unit, films],
  );
  return new Map(rows.map(({ film, ...mark }) => [film, mark]));
}
