import type { PersonalData } from '../../core/personal-data.ts';

/** The days on which films were watched. */
export const personalData: PersonalData = {
  export: async (sql, { unit }) => ({
    diary: await sql.rows(
      `select f.title, f.year, f.imdb_id, to_char(e.watched_on, 'YYYY-MM-DD') as watched_on, e.rewatch
        from diary_entry e join film f on f.id = e.film where e.unit = $1 order by e.watched_on, e.id`,
      [unit],
    ),
  }),
  async erase(tx, { unit }) {
    await tx.rows('delete from diary_entry where unit = $1', [unit]);
  },
};
