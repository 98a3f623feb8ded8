import { invalid, notFound } from '../../core/errors.ts';
import type { CommentInput } from './input.ts';
import type { Parts } from './parts.ts';
import type { StoredReview } from './store.ts';

/** Deeper answers would be a column of single words on a phone. */
export const deepest = 4;
const mostShown = 500;

export interface StoredComment {
  readonly id: number;
  readonly parent: number | null;
  readonly depth: number;
  readonly author: number;
  readonly text: string;
  readonly at: Date;
  /** deleted, hidden, or by somebody whom the reader does not see: only its place is shown, where it has answers */
  readonly gone: boolean;
}

/** The whole thread, each comment right after the one that it answers, the oldest first. */
export async function threadOf({ sql, privacy, moderation }: Parts, reader: number | null, review: number): Promise<StoredComment[]> {
  const rows = await sql.rows<StoredComment>(
    `select c.id, c.parent, c.depth, c.author, c.text, c.at,
      c.deleted_at is not null or not (c.author is not distinct from $1::integer or ${moderation.shown(`'comment'`, 'c.id')})
        or not coalesce(${privacy.condition('stream', '$1', 'c.author')}, false) as gone
      from review_comment c where c.review = $2 order by c.at, c.id limit ${mostShown}`,
    [reader, review],
  );
  const answers = new Map<number | null, StoredComment[]>();
  for (const row of rows) answers.set(row.parent, [...(answers.get(row.parent) ?? []), row]);
  const below = (parent: number | null): StoredComment[] => (answers.get(parent) ?? []).flatMap((comment) => withAnswers(comment, below(comment.id)));
  return below(null);
}
/** A gap is worth showing only where something hangs on it. */
const withAnswers = (comment: StoredComment, answers: StoredComment[]): StoredComment[] =>
  comment.gone && answers.length === 0 ? [] : [comment, ...answers];

interface Parent {
  readonly author: number;
  readonly depth: number;
}

/** Adds a comment; the same form sent twice adds one. 422 for an answer to a comment of another review, or one too deep. */
export async function comment(parts: Parts, account: number, review: StoredReview, input: CommentInput, title: string, at: Date): Promise<number> {
  const { sql, privacy, moderation, notifications } = parts;
  if (account !== review.author && !(await privacy.canSee(account, review.author, 'contact'))) throw notFound('review');
  return sql.transaction(async (tx) => {
    const again = await tx.one<{ id: number }>('select id from review_comment where author = $1 and form = $2', [account, input.form]);
    if (again) return again.id;
    await moderation.writing(tx, account, 'comment', at);
    const parent = input.parent ? await parentOf({ ...parts, sql: tx }, account, review.id, input.parent) : undefined;
    const { id } = (await tx.one<{ id: number }>(
      `insert into review_comment (review, parent, depth, author, text, at, form) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (author, form) do update set form = excluded.form returning id`,
      [review.id, input.parent || null, parent ? parent.depth + 1 : 0, account, input.text, at, input.form],
    ))!;
    const href = `/review/${review.id}#comment-${id}`;
    if (parent) await notifications.tell(tx, { to: parent.author, from: account, kind: 'reply', subject: id, href, title, at });
    if (parent?.author !== review.author)
      await notifications.tell(tx, { to: review.author, from: account, kind: 'comment', subject: id, href, title, at });
    return id;
  });
}

async function parentOf({ sql, privacy, moderation }: Parts, account: number, review: number, id: number): Promise<Parent> {
  const parent = await sql.one<Parent>(
    `select c.author, c.depth from review_comment c where c.id = $2 and c.review = $3 and c.deleted_at is null
      and ${moderation.shown(`'comment'`, 'c.id')} and ${privacy.condition('activity', '$1', 'c.author')}`,
    [account, id, review],
  );
  if (!parent) throw invalid({ parent: 'This comment belongs to another review, or is gone. Reload the page.' });
  if (parent.depth >= deepest) throw invalid({ parent: 'This thread is deep enough. Answer one comment further up.' });
  return parent;
}

/** Its place stays where others answered. 404 unless it is the author's own. @returns the review */
export async function removeComment({ sql }: Parts, author: number, id: number, at: Date): Promise<number> {
  const gone = await sql.one<{ review: number }>(
    'update review_comment set deleted_at = $3 where id = $1 and author = $2 and deleted_at is null returning review',
    [id, author, at],
  );
  if (!gone) throw notFound('comment');
  return gone.review;
}
