import type { PersonalData } from '../../core/personal-data.ts';

/** Films that somebody recommended, and that were recommended to them. */
export const personalData: PersonalData = {
  export: async (sql, { account }) => ({
    'films-recommended': await sql.rows(
      `select f.title, f.year, a.handle as person, s.note, s.at from share s join film f on f.id = s.film join account a on a.id = s.recipient
        where s.sender = $1 order by s.at, s.id`,
      [account],
    ),
    inbox: await sql.rows(
      `select f.title, f.year, a.handle as person, s.note, s.at from share s join film f on f.id = s.film join account a on a.id = s.sender
        where s.recipient = $1 and s.removed_at is null order by s.at, s.id`,
      [account],
    ),
  }),
  async erase(tx, { account }) {
    await tx.rows('delete from share where $1 in (sender, recipient)', [account]);
  },
};
