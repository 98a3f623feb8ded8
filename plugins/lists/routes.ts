import { Router, type Request, type Response } from 'express';
import { invalid } from '../../core/errors.ts';
import { idFrom, read, refused, safeNext } from '../../core/http/form.ts';
import { signedIn } from '../../core/http/request.ts';
import { Moderation } from '../moderation/api.ts';
import { Activities, Notifications } from '../social/api.ts';
import { ChangeForm, ListForm, MoveForm, NoteForm } from './forms.ts';
import { visibleList, type Parts } from './parts.ts';
import { showEdit, showNew } from './shown-forms.ts';
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
function writing(parts: Parts, router: Router): void {
  const { sql, find } = parts;
  router.post('/lists', async (request, response) => {
    const { id: account } = signedIn(request),
      film = field(request, 'film');
    try {
      const id = await make(parts, account, read(ListForm, request.body), film, request.clock);
      response.redirect(303, `/list/${id}`);
    } catch (error) {
      await showNew(parts, request, response, film, { ...refused(request, error), values: values(request) });
    }
  });
  router.post('/list/:id', async (request, response) => {
    const id = idFrom(request.params.id, 'list'),
      { id: account } = signedIn(request);
    try {
      await change(parts, account, id, read(ChangeForm, request.body), request.clock);
      response.redirect(303, `/list/${id}`);
    } catch (error) {
      await showEdit(parts, request, response, id, { ...refused(request, error), values: values(request) });
    }
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

function make({ sql, find }: Parts, account: number, words: store.Words, film: unknown, at: Date): Promise<number> {
  return sql.transaction(async (tx) => {
    if (words.public) await find(Moderation)?.writing(tx, account, 'list', at);
    const made = await store.create(tx, account, words, at);
    if (film !== undefined) await store.addFilm(tx, account, made, idFrom(film, 'film'), at);
    await tell({ sql: tx, find }, account, made, words, at);
    return made;
  });
}

function change(
  { sql, find }: Parts,
  account: number,
  id: number,
  { version, ...words }: store.Words & { version: number },
  at: Date,
): Promise<void> {
  return sql.transaction(async (tx) => {
    if (words.public) await find(Moderation)?.writing(tx, account, 'list', at);
    await store.change(tx, account, id, words, version, at);
    await tell({ sql: tx, find }, account, id, words, at);
  });
}

/** Followers hear of public lists. */
async function tell(
  { sql, find }: Pick<Parts, 'sql' | 'find'>,
  account: number,
  id: number,
  { name, public: open }: store.Words,
  at: Date,
): Promise<void> {
  if (open) await find(Activities)?.record(sql, { account, kind: 'list', subject: id, film: null, title: name, href: `/list/${id}`, at });
  else await find(Activities)?.forget(sql, 'list', id);
}

/** Films that come, go and move. */
function filling(parts: Parts, router: Router): void {
  const { sql, find } = parts;
  const published = (account: number, list: number, at: Date, act: (tx: typeof sql) => Promise<void>): Promise<void> =>
    sql.transaction(async (tx) => {
      if (await store.isPublic(tx, account, list)) await find(Moderation)?.writing(tx, account, 'entry', at);
      await act(tx);
    });
  type Act = (account: number, list: number, film: number, request: Request) => Promise<void>;
  const route = (
    path: string,
    act: Act,
    again?: (request: Request, response: Response, list: number, film: number, error: unknown) => Promise<void>,
  ): void =>
    void router.post(`/list/:id/${path}`, async (request, response) => {
      const list = idFrom(request.params['id'], 'list'),
        film = idFrom((request.params as Readonly<Record<string, unknown>>)['film'] ?? field(request, 'film'), 'film');
      try {
        await act(signedIn(request).id, list, film, request);
      } catch (error) {
        if (!again) throw error;
        return again(request, response, list, film, error);
      }
      answer(request, response, `/list/${list}/edit`);
    });
  route('film', (account, list, film, { clock }) => published(account, list, clock, (tx) => store.addFilm(tx, account, list, film, clock)));
  route('film/:film/delete', (account, list, film) => store.removeFilm(sql, account, list, film));
  route('film/:film/move', (account, list, film, request) => {
    const { to, before = 0 } = read(MoveForm, request.body);
    return store.moveFilm(sql, account, list, film, to ?? { before });
  });
  const note: Act = (account, list, film, { body, clock }) => {
    const { note: words } = read(NoteForm, body);
    return published(account, list, clock, (tx) => store.annotate(tx, account, list, film, words));
  };
  route('film/:film/note', note, (request, response, list, film, error) =>
    showEdit(parts, request, response, list, { ...refused(request, error), noted: { film, note: field(request, 'note') } }),
  );
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

const values = (request: Request): object => (request.body ?? {}) as object;
const field = (request: Request, name: string): unknown => (request.body as Record<string, unknown> | undefined)?.[name];

function answer(request: Request, response: Response, page: string): void {
  if (request.accepts(['html', 'json']) === 'json') return void response.json({});
  response.redirect(303, safeNext(field(request, 'next'), page));
}
