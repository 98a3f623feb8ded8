import { Router, type Request, type Response } from 'express';
import type { Sql } from '../../core/database/sql.ts';
import { idFrom, safeNext } from '../../core/http/form.ts';
import type { Pages } from '../../core/http/page.ts';
import { signedIn } from '../../core/http/request.ts';
import type { FilmsService } from '../catalogue/api.ts';
import { add, items, remove } from './store.ts';

export interface Parts {
  readonly sql: Sql;
  readonly pages: Pages;
  readonly films: FilmsService;
  readonly limit: number;
  /** called after a film was added that was not there */
  readonly added: (fact: { unit: number; account: number; film: number; at: Date }) => void;
}

export function watchlistRoutes({ sql, pages, films, limit, added }: Parts): Router {
  const router = Router();
  router.get('/watchlist', async (request, response) => {
    const list = await items(sql, signedIn(request).id);
    const cards = await films.cards(list.map(({ film }) => film));
    const shown = list.flatMap(({ film }) => cards.get(film) ?? []);
    await pages.send(request, response, 'watchlist/list', { cards: shown }, { slots: { 'card.actions': shown.map(({ id }) => id) } });
  });
  router.post('/film/:id/watchlist', async (request, response) => {
    const film = idFrom(request.params.id, 'film'),
      account = signedIn(request).id,
      at = request.clock;
    if (await add(sql, account, film, at, limit)) added({ unit: await request.unit(), account, film, at });
    answer(request, response, film, true);
  });
  router.post('/film/:id/watchlist/delete', async (request, response) => {
    const film = idFrom(request.params.id, 'film');
    await remove(sql, signedIn(request).id, film);
    answer(request, response, film, false);
  });
  return router;
}

function answer(request: Request, response: Response, film: number, saved: boolean): void {
  if (request.accepts(['html', 'json']) === 'json') return void response.json({ film, saved });
  response.redirect(303, safeNext((request.body as Record<string, unknown> | undefined)?.['next'], `/film/${film}`));
}
