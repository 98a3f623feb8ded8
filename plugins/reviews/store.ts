import type { Sql } from '../../core/database/sql.ts';
import { conflict, notFound, stale } from '../../core/errors.ts';
import type { ReviewInput } from './input.ts';
import type { Parts } from './parts.ts';

export interface StoredReview {
  readonly id: number;
  readonly film: number;
  readonly author: number;
  readonly text: string;
  readonly spoiler: boolean;
  readonly version: number;
  readonly at: Date;
  readonly editedAt: Date | null;
  /** of the film, by the author */
  readonly stars: number | null;
  readonly likes: number;
  readonly liked: boolean;
  readonly comments: number;
  readonly hidden: boolean;
}
type Reading = Pick<Parts, 'sql' | 'privacy' | 'moderation'>;
export type Order = 'liked' | 'newest';
const orders: Readonly<Record<Order, string>> = { liked: 'likes desc, r.at desc, r.id desc', newest: 'r.at desc, r.id desc' };

/** $1 is the reader. Likes and comments of people whom the reader cannot see do not count. */
const columns = ({ privacy, moderation }: Reading): string => `r.id, r.film, r.author, r.text, r.spoiler, r.version, r.at, r.edited_at as "editedAt",
  (select g.stars from rating g join unit u on u.id = g.unit where u.account = r.author and g.film = r.film) as stars,
  (select count(*)::integer from review_like l where l.review = r.id and ${privacy.condition('profile', '$1', 'l.account')}) as likes,
  exists (select from review_like l where l.review = r.id and l.account = $1::integer) as liked,
  (select count(*)::integer from review_comment c where c.review = r.id and c.deleted_at is null and ${moderation.shown(`'comment'`, 'c.id')}
    and ${privacy.condition('stream', '$1', 'c.author')}) as comments,
  not ${moderation.shown(`'review'`, 'r.id')} as hidden`;
const shown = ({ moderation }: Reading): string => `(r.author = $1::integer or ${moderation.shown(`'review'`, 'r.id')})`;

export const ofFilm = (parts: Reading, reader: number | null, film: number, order: Order, limit: number, offset = 0): Promise<StoredReview[]> =>
  parts.sql.rows<StoredReview>(
    `select ${columns(parts)} from review r where r.film = $2 and r.deleted_at is null and ${shown(parts)}
      and ${parts.privacy.condition('stream', '$1', 'r.author')} order by ${orders[order]} limit $3 offset $4`,
    [reader, film, limit, offset],
  );

/** Of a person whose activity the reader may see. */
export const ofAuthor = (parts: Reading, reader: number | null, author: number, limit: number, offset: number): Promise<StoredReview[]> =>
  parts.sql.rows<StoredReview>(
    `select ${columns(parts)} from review r where r.author = $2 and r.deleted_at is null and ${shown(parts)} order by r.at desc, r.id desc limit $3 offset $4`,
    [reader, author, limit, offset],
  );

export const countOfAuthor = async (parts: Reading, reader: number | null, author: number): Promise<number> =>
  (await parts.sql.one<{ n: number }>(
    `select count(*)::integer as n from review r where r.author = $2 and r.deleted_at is null and ${shown(parts)}`,
    [reader, author],
  ))!.n;

/** 404 for what is deleted, hidden, or by somebody whose activity the reader may not see. */
export async function one(parts: Reading, reader: number | null, id: number): Promise<StoredReview> {
  const review = await parts.sql.one<StoredReview>(
    `select ${columns(parts)} from review r where r.id = $2 and r.deleted_at is null and ${shown(parts)} and ${parts.privacy.condition('activity', '$1', 'r.author')}`,
    [reader, id],
  );
  if (!review) throw notFound('review');
  return review;
}

/** Those of these ids that the reader may see. */
export const some = (parts: Reading, reader: number | null, ids: readonly number[]): Promise<StoredReview[]> =>
  parts.sql.rows<StoredReview>(
    `select ${columns(parts)} from review r where r.id = any($2) and r.deleted_at is null and ${shown(parts)} and ${parts.privacy.condition('activity', '$1', 'r.author')}`,
    [reader, ids],
  );

export const own = (parts: Reading, author: number, film: number): Promise<StoredReview | undefined> =>
  parts.sql.one<StoredReview>(`select ${columns(parts)} from review r where r.author = $1 and r.film = $2 and r.deleted_at is null`, [author, film]);

/** Ids of an author's reviews by film. */
export async function ownIds({ sql }: Reading, author: number, films: readonly number[]): Promise<Map<number, number>> {
  const rows = await sql.rows<{ id: number; film: number }>(
    'select id, film from review where author = $1 and film = any($2) and deleted_at is null',
    [author, films],
  );
  return new Map(rows.map(({ id, film }) => [film, id]));
}

/** Writes or changes one's review of a film. 404 for a hidden film, 409 when it was changed meanwhile. @returns its id */
export function write(parts: Parts, author: number, film: number, { text, spoiler, version }: ReviewInput, at: Date): Promise<number> {
  return parts.sql.transaction(async (tx) => {
    await parts.moderation.writing(tx, author, 'review', at);
    if (!(await tx.one('select from film where id = $1 and not hidden', [film]))) throw notFound('film');
    const known = await tx.one<{ id: number; version: number; text: string; spoiler: boolean }>(
      'select id, version, text, spoiler from review where author = $1 and film = $2 and deleted_at is null for update',
      [author, film],
    );
    if (!known) return insert(tx, parts, { author, film, text, spoiler, at });
    // The same form sent twice has nothing left to change.
    if (known.text === text && known.spoiler === spoiler) return known.id;
    if (version === undefined || version === '') throw conflict('You have reviewed this film already. Reload the page and change what you wrote.');
    if (version !== known.version) throw stale('review');
    await tx.rows('update review set text = $2, spoiler = $3, edited_at = $4 where id = $1', [known.id, text, spoiler, at]);
    return known.id;
  });
}

interface NewReview {
  readonly author: number;
  readonly film: number;
  readonly text: string;
  readonly spoiler: boolean;
  readonly at: Date;
}
export async function insert(tx: Sql, { activities }: Pick<Parts, 'activities'>, { author, film, text, spoiler, at }: NewReview): Promise<number> {
  const { id } = (await tx.one<{ id: number }>('insert into review (film, author, text, spoiler, at) values ($1, $2, $3, $4, $5) returning id', [
    film,
    author,
    text,
    spoiler,
    at,
  ]))!;
  await activities.record(tx, { account: author, kind: 'review', subject: id, film, href: `/review/${id}`, at });
  return id;
}

/** 404 unless it is the author's own. */
export function remove({ sql, activities }: Parts, author: number, id: number, at: Date): Promise<{ film: number }> {
  return sql.transaction(async (tx) => {
    const gone = await tx.one<{ film: number }>(
      'update review set deleted_at = $3 where id = $1 and author = $2 and deleted_at is null returning film',
      [id, author, at],
    );
    if (!gone) throw notFound('review');
    await activities.forget(tx, 'review', id);
    return gone;
  });
}

export const edits = (sql: Sql, review: number): Promise<{ version: number; text: string; spoiler: boolean; at: Date }[]> =>
  sql.rows('select version, text, spoiler, at from review_edit where review = $1 order by version desc', [review]);
