import type { Sql } from '../../core/database/sql.ts';
import { conflict, notFound } from '../../core/errors.ts';
import { reorder, type Move } from '../../math/reorder.ts';

export interface Item {
  readonly film: number;
  readonly added_at: Date;
  readonly note: string;
}

/** films on a watchlist, unless operators set another number */
export const mostSaved = 500;
export const full = (limit: number): string => `Your watchlist is full: it holds ${limit} films. Remove one first.`;

/** @returns whether it was not there before. 404 for an unknown or hidden film, 409 when the list is full. */
export function add(sql: Sql, account: number, film: number, at: Date, limit: number): Promise<boolean> {
  return sql.transaction(async (tx) => {
    if (!(await tx.one('select from film where id = $1 and not hidden', [film]))) throw notFound('film');
    // Two tabs at once must not slip past the limit.
    await tx.rows('select from account where id = $1 for update', [account]);
    const { n } = (await tx.one<{ n: number }>('select count(*)::integer as n from watchlist_item where account = $1', [account]))!;
    if (n >= limit) throw conflict(full(limit));
    const added = await tx.one(
      `insert into watchlist_item (account, film, added_at, place)
        values ($1, $2, $3, (select coalesce(min(place), 1) - 1 from watchlist_item where account = $1)) on conflict do nothing returning film`,
      [account, film, at],
    );
    return added !== undefined;
  });
}

export const remove = async (sql: Sql, account: number, film: number): Promise<void> =>
  void (await sql.rows('delete from watchlist_item where account = $1 and film = $2', [account, film]));

/** In the viewer's order, new ones on top; hidden films are left out. */
export const items = (sql: Sql, account: number): Promise<Item[]> =>
  sql.rows<Item>(
    `select w.film, w.added_at, w.note from watchlist_item w join film f on f.id = w.film and not f.hidden
      where w.account = $1 order by w.place, w.added_at desc, w.film`,
    [account],
  );

/** 404 when the film is not on the list. */
export const move = (sql: Sql, account: number, film: number, to: Move): Promise<void> =>
  sql.transaction(async (tx) => {
    await tx.rows('select from account where id = $1 for update', [account]);
    const rows = await tx.rows<{ film: number }>('select film from watchlist_item where account = $1 order by place, added_at desc, film', [account]),
      order = rows.map((row) => row.film);
    if (!order.includes(film)) throw notFound('film on your watchlist');
    await tx.rows(
      `update watchlist_item i set place = o.place from unnest($2::integer[]) with ordinality as o (film, place)
        where i.account = $1 and i.film = o.film and i.place <> o.place`,
      [account, reorder(order, film, to)],
    );
  });

/** 404 when the film is not on the list. */
export async function annotate(sql: Sql, account: number, film: number, note: string): Promise<void> {
  const changed = await sql.one('update watchlist_item set note = $3 where account = $1 and film = $2 returning film', [account, film, note]);
  if (!changed) throw notFound('film on your watchlist');
}

/** Which of the films are on the account's watchlist. */
export async function saved(sql: Sql, account: number, films: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await sql.rows<{ film: number }>('select film from watchlist_item where account = $1 and film = any($2)', [account, films]);
  return new Set(rows.map(({ film }) => film));
}

/** Films on the watchlist of the account behind a unit. */
export async function savedByUnit(sql: Sql, unit: number): Promise<readonly number[]> {
  const rows = await sql.rows<{ film: number }>('select w.film from watchlist_item w join unit u on u.account = w.account where u.id = $1', [unit]);
  return rows.map(({ film }) => film);
}
