import type { PersonalData } from '../../core/personal-data.ts';
import { full, mostSaved } from './store.ts';

/** The films to see later. */
export const personalData: PersonalData = {
  export: async (sql, { account }) => ({
    watchlist: await sql.rows(
      `select f.title, f.year, f.imdb_id, w.note, w.added_at as at from watchlist_item w join film f on f.id = w.film
      where w.account = $1 order by w.place, f.id`,
      [account],
    ),
  }),
  async erase(tx, { account }) {
    await tx.rows('delete from watchlist_item where account = $1', [account]);
  },
  brings: ['watchlist'],
  async bring(tx, { account }, films) {
    const saved = films.filter(({ watchlist }) => watchlist);
    if (saved.length === 0) return { watchlist: 0 };
    await tx.rows('select from account where id = $1 for update', [account]);
    const { limit, room } = (await tx.one<{ limit: number; room: number }>(roomNow, [account]))!;
    const lines = await tx.rows<{ film: number; fits: boolean }>(
      `with new as (
        select film, min(at) as at, row_number() over (order by min(at) desc, film) as n from unnest($2::integer[], $3::timestamptz[]) as w (film, at)
          where not exists (select from watchlist_item i where i.account = $1 and i.film = w.film) group by film
      ), added as (
        insert into watchlist_item (account, film, added_at, place)
          select $1::integer, film, at, (select coalesce(max(place), 0) from watchlist_item where account = $1) + n from new where n <= $4)
      select film, n <= $4 as fits from new`,
      [account, saved.map(({ film }) => film), saved.map(({ at }) => at), room],
    );
    const refused = lines.filter(({ fits }) => !fits);
    return { watchlist: lines.length - refused.length, refused: new Map(refused.map(({ film }) => [film, full(limit)])) };
  },
};

/** What the operators set counts while the plugin is off, too. */
const roomNow = `select l.n as limit, greatest(0, l.n - (select count(*)::integer from watchlist_item where account = $1)) as room
  from (select coalesce((select (settings->>'limit')::integer from plugin_state where id = 'watchlist'), ${mostSaved}) as n) l`;
