import type { PersonalData } from '../../core/personal-data.ts';

/** The files that were brought along. Their rows (import_row) go with them. */
export const personalData: PersonalData = {
  export: async (sql, { account }) => ({
    imports: await sql.rows('select name, source, state, at from import_file where account = $1 order by at, id', [account]),
  }),
  async erase(tx, { account }) {
    await tx.rows('delete from import_file where account = $1', [account]);
  },
};
