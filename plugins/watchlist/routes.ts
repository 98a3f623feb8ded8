import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Sql } from '../../core/database/sql.ts';
import { cleanText, idFrom, read, refused, safeNext } from '../../core/http/form.ts';
import type { Pages } from '../../core/http/page.ts';
import { signedIn } from '../../core/http/request.ts';
import type { FilmsService } from '../catalogue/api.ts';
import { add, annotate, items, move, remove } from './store.ts';

export interface Parts {
  readonly sql: Sql;
  readonly pages: Pages;
  readonly films: FilmsService;
  readonly limit: number;
  /** called after a film was added that was not there */
  readonly added: (fact: { unit: number; account: number; film: number; at: Date }) => void;
}

/** A note that was not taken, with what is wrong about it. */
interface Noted extends ReturnType<typeof refused> {
  readonly film: number;
  readonly note: unknown;
}
async function show({ sql, pages, films }: Parts, request: Request, response: Response, noted?: Noted): Promise<void> {
  const list = await items(sql, signedIn(request).id);
  const cards = await films.cards(list.map(({ film }) => film));
  const lines = list.flatMap(({ film, note }) => {
    const card = cards.get(film),
      wrong = noted?.film === film ? { typed: noted.note, error: noted.errors['note'] ?? noted.message } : {};
    return card ? [{ film, note, card, base: `/film/${film}/watchlist`, ...wrong }] : [];
  });
  const hours = Math.round(lines.reduce((sum, { card }) => sum + (card.runtime ?? 0), 0) / 60);
  await pages.send(request, response, 'watchlist/list', { lines, back: '/watchlist', hours }, { status: noted?.status ?? 200 });
}

export function watchlistRoutes(parts: Parts): Router {
  const { sql, limit, added } = parts,
    router = Router();
  router.get('/watchlist', (request, response) => show(parts, request, response));
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
  router.post('/film/:id/watchlist/move', async (request, response) => {
    const film = idFrom(request.params.id, 'film'),
      { to, before } = read(Moving, request.body);
    await move(sql, signedIn(request).id, film, to ?? { before: before ?? 0 });
    answer(request, response, film, true, '/watchlist');
  });
  router.post('/film/:id/watchlist/note', async (request, response) => {
    const film = idFrom(request.params.id, 'film');
    try {
      await annotate(sql, signedIn(request).id, film, read(Note, request.body).note);
    } catch (error) {
      return show(parts, request, response, { ...refused(request, error), film, note: (request.body as { note?: unknown } | undefined)?.note });
    }
    answer(request, response, film, true, '/watchlist');
  });
  return router;
}

/** `to` by buttons, `before` by dragging: the film that comes next, nothing at the end. */
const Moving = z.object({
  to: z.enum(['up', 'down', 'top']).optional(),
  before: z.coerce.number('Name the film by its id.').int().min(0).optional(),
});
const Note = z.object({ note: z.string().transform(cleanText).pipe(z.string().max(500, 'Write at most 500 characters.')) });

function answer(request: Request, response: Response, film: number, saved: boolean, page = `/film/${film}`): void {
  if (request.accepts(['html', 'json']) === 'json') return void response.json({ film, saved });
  response.redirect(303, safeNext((request.body as Record<string, unknown> | undefined)?.['next'], page));
}
