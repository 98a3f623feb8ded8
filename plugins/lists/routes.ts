import { Router, type Request, type Response } from 'express';
import { invalid } from '../../core/errors.ts';
import { idFrom, read, safeNext } from '../../core/http/form.ts';
import { signedIn } from '../../core/http/request.ts';
import { Moderation } from '../moderation/api.ts';
import { Activities, Notifications } from '../social/api.ts';
import { ChangeForm, ListForm, MoveForm, NoteForm } from './forms.ts';
import { visibleList, type Parts } from './parts.ts';
import * as store from './store.ts';

/** What the forms of lists send. */
export function listRoutes(parts: Parts): Router {
  const router = Router();
  writing(parts, router);
  filling(parts, router);
  liking(parts, router);
  return router;
}

/** Making, changing and deleting lists. */
function writing({ sql, find }: Parts, router: Router): void {
  const tell = async (tx: typeof sql, account: number, id: number, { name, public: open }: store.Words, at: Date): Promise<void> => {
    if (!open) return find(Activities)?.forget(tx, 'list', id);
    return find(Activities)?.record(tx, { account, kind: 'list', subject: id, film: null, title: name, href: `/list/${id}`, at });
  };
  router.post('/lists', async (request, response) => {
    const account = signedIn(request).id,
      words = read(ListForm, request.body),
      film = field(request, 'film');
    const id = await sql.transaction(async (tx) => {
      if (words.public) await find(Moderation)?.writing(tx, account, 'list', request.clock);
      const made = await store.create(tx, account, words, request.clock);
      if (film !== undefined) await store.addFilm(tx, account, made, idFrom(film, 'film'), request.clock);
      await tell(tx, account, made, words, request.clock);
      return made;
    });
    response.redirect(303, `/list/${id}`);
  });
  router.post('/list/:id', async (request, response) => {
    const id = idFrom(request.params.id, 'list'),
      account = signedIn(request).id,
      { version, ...words } = read(ChangeForm, request.body);
    await sql.transaction(async (tx) => {
      if (words.public) await find(Moderation)?.writing(tx, account, 'list', request.clock);
      await store.change(tx, account, id, words, version, request.clock);
      await tell(tx, account, id, words, request.clock);
    });
    response.redirect(303, `/list/${id}`);
  });
  router.post('/list/:id/delete', async (request, response) => {
    const id = idFrom(request.params.id, 'list');
    await sql.transaction(async (tx) => {
      await store.locked(tx, signedIn(request).id, id);
      await tx.rows('delete from film_list where id = $1', [id]);
      await find(Activities)?.forget(tx, 'list', id);
    });
    response.redirect(303, '/lists/mine');
  });
}

/** Films that come, go and move. */
function filling({ sql, find }: Parts, router: Router): void {
  const published = (account: number, list: number, at: Date, act: (tx: typeof sql) => Promise<void>): Promise<void> =>
    sql.transaction(async (tx) => {
      if (await store.isPublic(tx, account, list)) await find(Moderation)?.writing(tx, account, 'entry', at);
      await act(tx);
    });
  const route = (path: string, act: (account: number, list: number, film: number, request: Request) => Promise<void>): void =>
    void router.post(`/list/:id/${path}`, async (request, response) => {
      const list = idFrom(request.params['id'], 'list'),
        film = idFrom((request.params as Readonly<Record<string, unknown>>)['film'] ?? field(request, 'film'), 'film');
      await act(signedIn(request).id, list, film, request);
      answer(request, response, `/list/${list}/edit`);
    });
  route('film', (account, list, film, { clock }) => published(account, list, clock, (tx) => store.addFilm(tx, account, list, film, clock)));
  route('film/:film/delete', (account, list, film) => store.removeFilm(sql, account, list, film));
  route('film/:film/move', (account, list, film, request) => {
    const { to, before = 0 } = read(MoveForm, request.body);
    return store.moveFilm(sql, account, list, film, to ?? { before });
  });
  route('film/:film/note', (account, list, film, { body, clock }) => {
    const { note } = read(NoteForm, body);
    return published(account, list, clock, (tx) => store.annotate(tx, account, list, film, note));
  });
}

/** Likes of others' lists. */
function liking(parts: Parts, router: Router): void {
  const { sql, find } = parts;
  router.post('/list/:id/like', async (request, response) => {
    const { id: from } = signedIn(request),
      { id, account: to, name: title } = await visibleList(parts, request, idFrom(request.params.id, 'list'));
    if (to === from) throw invalid({ list: 'This is your own list.' });
    await sql.transaction(async (tx) => {
      await find(Moderation)?.writing(tx, from, 'like', request.clock);
      const news = { to, from, kind: 'list-like' as const, subject: id, href: `/list/${id}`, title, at: request.clock };
      if (await store.like(tx, id, from, request.clock)) await find(Notifications)?.tell(tx, news);
    });
    answer(request, response, `/list/${id}`);
  });
  router.post('/list/:id/like/delete', async (request, response) => {
    const { id: from } = signedIn(request),
      { id, account: to } = await visibleList(parts, request, idFrom(request.params.id, 'list'));
    await sql.transaction(async (tx) => {
      await store.unlike(tx, id, from);
      await find(Notifications)?.withdraw(tx, { to, from, kind: 'list-like', subject: id });
    });
    answer(request, response, `/list/${id}`);
  });
}

const field = (request: Request, name: string): unknown => (request.body as Record<string, unknown> | undefined)?.[name];

function answer(request: Request, response: Response, page: string): void {
  if (request.accepts(['html', 'json']) === 'json') return void response.json({});
  response.redirect(303, safeNext(field(request, 'next'), page));
}
