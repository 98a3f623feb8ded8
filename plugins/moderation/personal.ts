import type { PersonalData } from '../../core/personal-data.ts';

/** What somebody reported, and what was decided about them. */
export const personalData: PersonalData = {
  export: async (sql, { account }) => ({
    reports: await sql.rows('select kind, reason, note, at from report where reporter = $1 order by at, id', [account]),
    moderation: await sql.rows(
      `select kind, reason, decision, decided_at as at from report where author = $1 and decision in ('hidden', 'warned', 'suspended') order by decided_at, id`,
      [account],
    ),
    suspension: await sql.rows('select until, reason, at from suspension where account = $1', [account]),
  }),
  async erase(tx, { account }) {
    await tx.rows('update report set reporter = null where reporter = $1', [account]);
    await tx.rows('update report set decided_by = null where decided_by = $1', [account]);
    await tx.rows('delete from report where author = $1', [account]);
    await tx.rows('delete from suspension where account = $1', [account]);
    await tx.rows('delete from written where account = $1', [account]);
  },
};
