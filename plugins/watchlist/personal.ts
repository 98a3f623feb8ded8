import type { PersonalData } from '../../core/personal-data.ts';

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
    const added = await tx.rows(
      `insert into watchlist_item (account, film, added_at, place)
      select $1::integer, film, min(at), (select coalesce(max(place), 0) from watchlist_item where account = $1) + row_number() over (order by min(at) desc)
      from unnest($2::integer[], $3::timestamptz[]) as w (film, at) group by film on conflict do nothing returning film`,
      [account, saved.map(({ film }) => film), saved.map(({ at }) => at)],
    );
    return { watchlist: added.length };
  },
};
