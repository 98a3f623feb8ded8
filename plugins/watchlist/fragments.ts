import type { Request } from 'express';
import type { Sql } from '../../core/database/sql.ts';
import type { Fragment } from '../../core/http/fragment.ts';
import { askedOnce } from '../catalogue/api.ts';
import { saved } from './store.ts';

/** The button on cards and film pages, and the way to the list. Without an account the button leads to signing in. */
export function fragmentsOver(sql: Sql): Fragment[] {
  const own = askedOnce<ReadonlySet<number>>(async ({ account }, films) => (account ? saved(sql, account.id, films) : new Set()));
  const load = async (request: Request, films: readonly number[]): Promise<ReadonlyMap<number, object>> => {
    const mine = await own(request, films);
    return new Map(films.map((film) => [film, { film, saved: mine.has(film) }]));
  };
  return [
    { slot: 'film.actions', order: 20, template: 'watchlist/film-button', load },
    { slot: 'card.actions', order: 100, template: 'watchlist/card-button', load },
    {
      slot: 'nav',
      order: 200,
      template: 'watchlist/nav',
      load: async ({ account, path }, subjects) => new Map(account ? subjects.map((subject) => [subject, { current: path === '/watchlist' }]) : []),
    },
  ];
}
