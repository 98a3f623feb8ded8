import { notFound } from '../../core/errors.ts';
import type { Parts } from './parts.ts';
import { one } from './store.ts';

/** A like counts once, and the author is told once. One's own review cannot be liked: 404. */
export async function like(parts: Parts, account: number, id: number, title: string, at: Date): Promise<void> {
  const review = await one(parts, account, id);
  if (review.author === account || !(await parts.privacy.canSee(account, review.author, 'contact'))) throw notFound('review');
  await parts.sql.transaction(async (tx) => {
    await parts.moderation.writing(tx, account, 'like', at);
    await tx.rows('insert into review_like (review, account, at) values ($1, $2, $3) on conflict do nothing', [id, account, at]);
    await parts.notifications.tell(tx, { to: review.author, from: account, kind: 'like', subject: id, href: `/review/${id}`, title, at });
  });
}

export const unlike = ({ sql, notifications }: Parts, account: number, id: number): Promise<void> =>
  sql.transaction(async (tx) => {
    const gone = await tx.one<{ author: number }>(
      'delete from review_like l using review r where l.review = $1 and l.account = $2 and r.id = l.review returning r.author',
      [id, account],
    );
    if (gone) await notifications.withdraw(tx, { to: gone.author, from: account, kind: 'like', subject: id });
  });
