import type { Sql } from '../../core/database/sql.ts';

/** What stands where a text stood that others answered; it is never shown. */
const nothing = '–';

/** Comments by $1 below which somebody else wrote something: with their rows, others' words would go. */
const answered = `with recursive above as (
    select c.review, c.parent from review_comment c
      where c.author <> $1 and c.parent is not null and c.review in (select review from review_comment where author = $1)
    union select c.review, c.parent from above join review_comment c on c.review = above.review and c.id = above.parent where c.parent is not null)
  select parent from above`;

/**
 * Takes away every word that an account wrote. What nobody else answered goes as a whole; of the rest the row stays
 * without its text, deleted, so that others' answers keep their place in the thread.
 */
export async function eraseTexts(tx: Sql, account: number): Promise<void> {
  await tx.rows(`delete from review r where r.author = $1 and not exists (select from review_comment c where c.review = r.id and c.author <> $1)`, [
    account,
  ]);
  await tx.rows(`delete from review_comment where author = $1 and id not in (${answered})`, [account]);
  await tx.rows(`update review_comment set text = $2, deleted_at = coalesce(deleted_at, now()) where author = $1`, [account, nothing]);
  await tx.rows(`update review set text = $2, spoiler = false, deleted_at = coalesce(deleted_at, now()) where author = $1`, [account, nothing]);
  // The table keeps what a review said before; that goes as well.
  await tx.rows('delete from review_edit where review in (select id from review where author = $1)', [account]);
}
