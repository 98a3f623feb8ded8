import type { PersonalData } from '../../core/personal-data.ts';

/** The own lists with their films, and which lists of others one likes. */
export const personalData: PersonalData = {
  export: async (sql, { account }) => ({
    lists: await sql.rows(
      `select l.name as list, l.description, l.public, f.title, f.year, f.imdb_id, i.note, i.added_at as at
        from film_list l left join film_list_item i on i.list = l.id left join film f on f.id = i.film
        where l.account = $1 order by l.id, i.place, f.id`,
      [account],
    ),
    'liked-lists': await sql.rows(
      'select l.name as list, k.at from film_list_like k join film_list l on l.id = k.list where k.account = $1 and l.public order by k.at',
      [account],
    ),
  }),
  async erase(tx, { account }) {
    await tx.rows('delete from film_list where account = $1', [account]);
    await tx.rows('delete from film_list_like where account = $1', [account]);
  },
};
