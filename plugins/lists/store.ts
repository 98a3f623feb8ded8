import type { Sql } from '../../core/database/sql.ts';
import { conflict, notFound, stale } from '../../core/errors.ts';
import { reorder, type Move } from '../../math/reorder.ts';

export interface FilmList {
  readonly id: number;
  /** whose it is */
  readonly account: number;
  readonly name: string;
  readonly description: string;
  readonly public: boolean;
  readonly version: number;
  readonly updated_at: Date;
  readonly likes: number;
  /** films that viewers may see */
  readonly films: number;
  /** ids of the first films */
  readonly first: readonly number[];
  /** the reader likes it */
  readonly liked: boolean;
  /** by moderators; its owner alone sees it then */
  readonly hidden: boolean;
}
/** SQL conditions of what the reader ($1) sees. */
export interface Sight {
  /** whose lists (l) come unasked */
  readonly stream: string;
  /** moderators have not hidden the list l */
  readonly shown: string;
  /** whose likes (k) count */
  readonly likers: string;
}
export interface Item {
  readonly film: number;
  readonly note: string;
}
export type Words = Pick<FilmList, 'name' | 'description' | 'public'>;
export const mostLists = 200,
  mostFilms = 1000;

/** SQL of lists as a reader sees them; $1 is the reader's account, null for a visitor. */
const asSeen = ({ shown, likers }: Sight, which: string): string =>
  `select l.id, l.account, l.name, l.description, l.public, l.version, l.updated_at,
     (select count(*)::integer from film_list_like k where k.list = l.id and ${likers}) as likes,
     exists (select from film_list_like k where k.list = l.id and k.account = $1) as liked, not ${shown} as hidden, f.films, f.first
   from film_list l cross join lateral (
     select count(*)::integer as films, coalesce((array_agg(i.film order by i.place, i.film))[1:5], '{}') as first
       from film_list_item i join film on film.id = i.film and not film.hidden where i.list = l.id) f
   where (l.account = $1 or ${shown}) and ${which}`;

export const orders = { popular: 'likes desc, updated_at desc, id', newest: 'updated_at desc, id' } as const;
export type Order = keyof typeof orders;

export interface Slice {
  readonly limit: number;
  readonly offset: number;
}

export const publicLists = (sql: Sql, reader: number | null, sight: Sight, order: Order, { limit, offset }: Slice): Promise<FilmList[]> =>
  sql.rows<FilmList>(
    `select * from (${asSeen(sight, `l.public and ${sight.stream}`)}) l where films > 0 order by ${orders[order]} limit $2 offset $3`,
    [reader, limit, offset],
  );

export const listsWith = (sql: Sql, reader: number | null, sight: Sight, film: number, limit: number): Promise<FilmList[]> =>
  sql.rows<FilmList>(
    `${asSeen(sight, `l.public and ${sight.stream} and exists (select from film_list_item i where i.list = l.id and i.film = $2)`)} order by ${orders.popular} limit $3`,
    [reader, film, limit],
  );

/** An account's lists, as the reader may see them. */
export const listsOf = (sql: Sql, reader: number | null, sight: Sight, account: number): Promise<FilmList[]> =>
  sql.rows<FilmList>(`${asSeen(sight, 'l.account = $2 and (l.public or l.account = $1)')} order by ${orders.newest}`, [reader, account]);

export async function listById(sql: Sql, reader: number | null, sight: Sight, id: number): Promise<FilmList> {
  const list = await sql.one<FilmList>(asSeen(sight, 'l.id = $2'), [reader, id]);
  if (!list) throw notFound('list');
  return list;
}

export const itemsOf = (sql: Sql, list: number, { limit, offset }: Slice): Promise<Item[]> =>
  sql.rows<Item>(
    `select i.film, i.note from film_list_item i join film f on f.id = i.film and not f.hidden
      where i.list = $1 order by i.place, i.film limit $2 offset $3`,
    [list, limit, offset],
  );

/** Which of the account's lists have the film. */
export const membership = (sql: Sql, account: number, film: number): Promise<{ id: number; name: string; has: boolean }[]> =>
  sql.rows(
    `select l.id, l.name, exists (select from film_list_item i where i.list = l.id and i.film = $2) as has
      from film_list l where l.account = $1 order by l.updated_at desc, l.id limit 50`,
    [account, film],
  );

/** 409 when the account has too many. */
export async function create(tx: Sql, account: number, { name, description, public: open }: Words, at: Date): Promise<number> {
  await tx.rows('select from account where id = $1 for update', [account]);
  const { n } = (await tx.one<{ n: number }>('select count(*)::integer as n from film_list where account = $1', [account]))!;
  if (n >= mostLists) throw conflict(`You have ${mostLists} lists already. Delete one first.`);
  const row = await tx.one<{ id: number }>(
    'insert into film_list (account, name, description, public, created_at, updated_at) values ($1, $2, $3, $4, $5, $5) returning id',
    [account, name, description, open, at],
  );
  return row!.id;
}

/** 404 for somebody else's list, 409 when it was changed since the version. */
export async function change(tx: Sql, account: number, id: number, words: Words, version: number, at: Date): Promise<void> {
  const list = await locked(tx, account, id);
  if (list.version !== version) throw stale('list');
  await tx.rows('update film_list set name = $2, description = $3, public = $4, version = version + 1, updated_at = $5 where id = $1', [
    id,
    words.name,
    words.description,
    words.public,
    at,
  ]);
}

/** 404 for somebody else's list. */
export async function locked(tx: Sql, account: number, id: number): Promise<{ readonly version: number; readonly public: boolean }> {
  const list = await tx.one<{ version: number; public: boolean }>('select version, public from film_list where id = $1 and account = $2 for update', [
    id,
    account,
  ]);
  if (!list) throw notFound('list');
  return list;
}

/** Whether it is the account's, and others may see it. */
export const isPublic = async (tx: Sql, account: number, id: number): Promise<boolean> =>
  (await tx.one('select from film_list where id = $1 and account = $2 and public', [id, account])) !== undefined;

/** At the end; a film that is there stays where it is. */
export const addFilm = (sql: Sql, account: number, id: number, film: number, at: Date): Promise<void> =>
  sql.transaction(async (tx) => {
    await locked(tx, account, id);
    if (!(await tx.one('select from film where id = $1 and not hidden', [film]))) throw notFound('film');
    const { n } = (await tx.one<{ n: number }>('select count(*)::integer as n from film_list_item where list = $1', [id]))!;
    if (n >= mostFilms) throw conflict(`This list is full: it holds ${mostFilms} films. Remove one first.`);
    await tx.rows(
      `insert into film_list_item (list, film, place, added_at)
        values ($1, $2, (select coalesce(max(place), 0) + 1 from film_list_item where list = $1), $3) on conflict do nothing`,
      [id, film, at],
    );
    await tx.rows('update film_list set updated_at = $2 where id = $1', [id, at]);
  });

export const removeFilm = (sql: Sql, account: number, id: number, film: number): Promise<void> =>
  sql.transaction(async (tx) => {
    await locked(tx, account, id);
    await tx.rows('delete from film_list_item where list = $1 and film = $2', [id, film]);
  });

export const moveFilm = (sql: Sql, account: number, id: number, film: number, to: Move): Promise<void> =>
  sql.transaction(async (tx) => {
    await locked(tx, account, id);
    const rows = await tx.rows<{ film: number }>('select film from film_list_item where list = $1 order by place, film', [id]),
      order = rows.map((row) => row.film);
    if (!order.includes(film)) throw notFound('film on this list');
    await tx.rows(
      `update film_list_item i set place = o.place from unnest($2::integer[]) with ordinality as o (film, place)
        where i.list = $1 and i.film = o.film and i.place <> o.place`,
      [id, reorder(order, film, to)],
    );
  });

export const annotate = (sql: Sql, account: number, id: number, film: number, note: string): Promise<void> =>
  sql.transaction(async (tx) => {
    await locked(tx, account, id);
    if (!(await tx.one('update film_list_item set note = $3 where list = $1 and film = $2 returning film', [id, film, note])))
      throw notFound('film on this list');
  });

/** @returns whether it was not liked before */
export const like = async (tx: Sql, list: number, account: number, at: Date): Promise<boolean> =>
  (await tx.one('insert into film_list_like (list, account, at) values ($1, $2, $3) on conflict do nothing returning list', [list, account, at])) !==
  undefined;

export const unlike = async (tx: Sql, list: number, account: number): Promise<void> =>
  void (await tx.rows('delete from film_list_like where list = $1 and account = $2', [list, account]));
