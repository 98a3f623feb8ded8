import type { PersonalData } from '../../core/personal-data.ts';

/** Who is followed, and by whom. */
export const personalData: PersonalData = {
  export: async (sql, { account }) => ({
    following: await sql.rows('select a.handle, a.name, f.at from follow f join account a on a.id = f.followed where f.follower = $1 order by f.at', [
      account,
    ]),
    followers: await sql.rows('select a.handle, a.name, f.at from follow f join account a on a.id = f.follower where f.followed = $1 order by f.at', [
      account,
    ]),
  }),
  async erase(tx, { account }) {
    await tx.rows('delete from follow where $1 in (follower, followed)', [account]);
  },
};
