import { Router, type Request } from 'express';
import { idFrom, safeNext } from '../../core/http/form.ts';
import type { HistoryService, Mark } from './api.ts';
import { offerUndo, type Done } from './undo.ts';

type Act = (unit: number, film: number, request: Request) => Promise<void>;
const undoable: readonly string[] = ['rating', 'rating/delete', 'watched', 'dismiss'] satisfies Done['kind'][];
const canUndo = (path: string): path is Done['kind'] => undoable.includes(path);
const unmarked: Mark = { stars: null, watched: false, dismissed: false };

/** What the forms on film pages and cards send. A page comes back to `next`; a script gets the film's marks as JSON. */
export function markRoutes(history: HistoryService): Router {
  const router = Router();
  const route = (path: Done['kind'] | `${string}/delete`, act: Act): void =>
    void router.post(`/film/:id/${path}`, async (request, response) => {
      const film = idFrom(request.params['id'], 'film'),
        unit = await request.unit(),
        plain = request.accepts(['html', 'json']) !== 'json',
        before = plain && canUndo(path) ? ((await history.of(unit, [film])).get(film)?.stars ?? null) : null;
      await act(unit, film, request);
      if (!plain) return void response.json({ film, ...((await history.of(unit, [film])).get(film) ?? unmarked) });
      if (canUndo(path)) offerUndo(response, { kind: path, film, before }, request.secure);
      response.redirect(303, wayBack(request, film));
    });
  const field = (request: Request, name: string): unknown => (request.body as Record<string, unknown> | undefined)?.[name];
  const wayBack = (request: Request, film: number): string => safeNext(field(request, 'next'), `/film/${film}`);

  route('rating', (unit, film, request) => history.rate(unit, film, field(request, 'stars'), request.clock));
  route('rating/delete', (unit, film) => history.unrate(unit, film));
  route('watched', (unit, film, request) => history.watch(unit, film, request.clock));
  route('watched/delete', (unit, film) => history.unwatch(unit, film));
  route('dismiss', (unit, film, request) => history.dismiss(unit, film, request.clock));
  route('dismiss/delete', (unit, film) => history.undismiss(unit, film));
  return router;
}
