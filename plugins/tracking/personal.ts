import type { PersonalData } from '../../core/personal-data.ts';

/**
 * The films opened from lists. Deletion leaves the counts of experiments as they were: they hang on the unit, which no
 * longer belongs to anybody. The clicks themselves say what somebody likes, so they go.
 */
export const personalData: PersonalData = {
  export: async (sql, { unit }) => ({
    opened: await sql.rows(
      `select f.title, f.year, l.surface as list, c.at from click c join film f on f.id = c.film join served_list l on l.id = c.list
      where c.unit = $1 order by c.at, f.id`,
      [unit],
    ),
  }),
  async erase(tx, { unit }) {
    await tx.rows('delete from click where unit = $1', [unit]);
  },
};
