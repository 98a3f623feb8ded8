import type { PersonalData } from '../../core/personal-data.ts';
import { eraseTexts } from './erase.ts';

/** What somebody wrote about films and answered, and liked. */
export const personalData: PersonalData = {
  export: async (sql, { account }) => ({
    reviews: await sql.rows(
      `select f.title, f.year, r.text, r.spoiler, r.at, r.edited_at as edited from review r join film f on f.id = r.film
        where r.author = $1 and r.deleted_at is null order by r.at, r.id`,
      [account],
    ),
    comments: await sql.rows(
      `select f.title, c.text, c.at from review_comment c join review r on r.id = c.review join film f on f.id = r.film
        where c.author = $1 and c.deleted_at is null order by c.at, c.id`,
      [account],
    ),
    'review-likes': await sql.rows(
      'select f.title, l.at from review_like l join review r on r.id = l.review join film f on f.id = r.film where l.account = $1 order by l.at, r.id',
      [account],
    ),
  }),
  brings: ['reviews'],
  async bring(tx, { account }, films) {
    const written = films.filter(({ review }) => review !== undefined);
    const added = await tx.rows(
      `insert into review (film, author, text, at)
      select distinct on (film) film, $1::integer, text, at from unnest($2::integer[], $3::text[], $4::timestamptz[]) as r (film, text, at)
      where not exists (select from review own where own.film = r.film and own.author = $1 and own.deleted_at is null)
      order by film, at desc on conflict do nothing returning id`,
      [account, written.map(({ film }) => film), written.map(({ review }) => review), written.map(({ at }) => at)],
    );
    return { reviews: added.length };
  },
  async erase(tx, { account }, { keepTexts }) {
    await tx.rows('delete from review_like where account = $1', [account]);
    await tx.rows('delete from review_edit where review in (select id from review where author = $1)', [account]);
    if (!keepTexts) await eraseTexts(tx, account);
  },
};
