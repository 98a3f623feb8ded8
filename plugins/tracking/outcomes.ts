import type { Sql } from '../../core/database/sql.ts';
import { on, type Subscription } from '../../core/plugin.ts';
import { Rated, Watched } from '../history/api.ts';
import { WatchlistAdded } from '../watchlist/api.ts';

export type OutcomeKind = 'rating' | 'watchlist' | 'watched';
interface Success {
  readonly unit: number;
  readonly film: number;
  readonly at: Date;
}

/** A rating from here on says that a recommendation was good. */
const goodStars = 4;

/**
 * Credits the last list that showed the film to this unit within the 72 hours before, if there is one. Time is the
 * event's own: simulated viewers live in the past. Of one kind, a unit's success with a film counts once.
 */
export async function attribute(sql: Sql, kind: OutcomeKind, { unit, film, at }: Success): Promise<void> {
  await sql.rows(
    `insert into outcome (list, film, kind, unit, position, algorithm, at)
    select id, $2, $3, unit, array_position(films, $2) - 1, algorithms[array_position(films, $2)], $4
    from served_list where unit = $1 and served_at between $4::timestamptz - interval '72 hours' and $4 and $2 = any(films)
    order by served_at desc, id limit 1 on conflict do nothing`,
    [unit, film, kind, at],
  );
}

/** What other plugins tell, one after the other: a batch of a thousand ratings must not take every connection from the pages. */
export function outcomeListeners(sql: Sql): Subscription[] {
  let last: Promise<void> = Promise.resolve();
  const queued = (kind: OutcomeKind, success: Success): Promise<void> => {
    const turn = last.then(() => attribute(sql, kind, success));
    last = turn.catch(() => {});
    return turn;
  };
  return [
    on(Rated, (rated) => (rated.stars >= goodStars ? queued('rating', rated) : undefined)),
    on(Watched, (watched) => queued('watched', watched)),
    on(WatchlistAdded, (added) => queued('watchlist', added)),
  ];
}
