import type { PersonalData } from '../../core/personal-data.ts';

/** The country in which somebody was seen last, where the site knows it. */
export const personalData: PersonalData = {
  export: async (sql, { unit }) => ({ country: await sql.rows('select country, at from experiment_country where unit = $1', [unit]) }),
  async erase(tx, { unit }) {
    await tx.rows('delete from experiment_country where unit = $1', [unit]);
  },
};
