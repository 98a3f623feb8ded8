import type { PersonalData } from '../../core/personal-data.ts';

/** The groups that were picked at first. */
export const personalData: PersonalData = {
  export: async (sql, { unit }) => ({ picks: await sql.rows('select name as group, at from pick where unit = $1 order by at', [unit]) }),
  async erase(tx, { unit }) {
    for (const table of ['pick', 'pick_skip']) await tx.rows(`delete from ${table} where unit = $1`, [unit]);
  },
};
