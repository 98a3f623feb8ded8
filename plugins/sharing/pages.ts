import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { notFound } from '../../core/errors.ts';
import { cleanText, idFrom, read, refused } from '../../core/http/form.ts';
import { signedIn } from '../../core/http/request.ts';
import type { FilmSummary } from '../catalogue/api.ts';
import type { Parts } from './parts.ts';
import { friends, inbox, markRead, recipientOf, remove, send } from './store.ts';

const onPage = 20,
  mostFriends = 500;

const Form = z.object({
  to: z
    .string('Choose somebody.')
    .transform((typed) => cleanText(typed).replace(/^@/, ''))
    .pipe(z.string().min(1, 'Choose somebody.').max(60, 'Choose somebody.')),
  note: z.string().default('').transform(cleanText).pipe(z.string().max(500, 'Use at most 500 characters.')),
});

/** Sending a film to somebody, and what others sent. */
export function sharingPages(parts: Parts): Router {
  const { pages, sql } = parts;
  const form = async (request: Request, response: Response, status = 200, data: object = {}): Promise<void> => {
    const { id } = signedIn(request),
      film = await filmOf(parts, request);
    await pages.send(request, response, 'sharing/form', { film, friends: await friends(parts, id, mostFriends), ...data }, { status });
  };
  return Router()
    .get('/film/:id/share', (request, response) =>
      form(request, response, 200, { sent: request.query['sent'] !== undefined, to: textOf(request.query['to']) }),
    )
    .post('/film/:id/share', async (request, response) => {
      try {
        await share(parts, request);
      } catch (error) {
        const { status, ...wrong } = refused(request, error, [403, 404, 422, 429]),
          { to, note } = (request.body ?? {}) as Record<string, unknown>;
        return form(request, response, status, { to, note, ...wrong });
      }
      response.redirect(303, `${request.path}?sent`);
    })
    .get('/inbox', async (request, response) => {
      const { id } = signedIn(request);
      const data = await contents(parts, request, id);
      if (!request.get('sec-purpose')) await markRead(sql, id, request.clock);
      await pages.send(request, response, 'sharing/inbox', data);
    })
    .post('/inbox/:id/delete', async (request, response) => {
      await remove(sql, signedIn(request).id, idFrom(request.params['id'], 'recommendation'), request.clock);
      response.redirect(303, '/inbox');
    });
}

async function share(parts: Parts, request: Request): Promise<void> {
  const { id } = signedIn(request),
    film = await filmOf(parts, request),
    { to, note } = read(Form, request.body);
  const recipient = await recipientOf(parts, id, to);
  // The same answer for nobody, for strangers, and for whom one cannot see: it tells nothing of blocks.
  if (recipient === undefined) throw notFound('person among those who follow you');
  await send(parts, { sender: id, recipient, film: film.id, title: film.title, note, at: request.clock });
}

async function filmOf({ films }: Parts, request: Request): Promise<FilmSummary> {
  const id = idFrom(request.params['id'], 'film'),
    film = (await films.cards([id])).get(id);
  if (!film || film.hidden) throw notFound('film');
  return film;
}

async function contents(parts: Parts, request: Request, account: number): Promise<object> {
  const typed = textOf(request.query['before']),
    before = /^\d{1,9}$/.test(typed) ? Number(typed) : null;
  const found = await inbox(parts, account, onPage + 1, before),
    shown = found.slice(0, onPage);
  const [people, cards] = await Promise.all([
    parts.accounts.publicProfiles([...new Set(shown.map(({ sender }) => sender))]),
    parts.films.cards(shown.map(({ film }) => film)),
  ]);
  return {
    shares: shown.flatMap((one) => {
      const person = people.get(one.sender),
        card = cards.get(one.film);
      return person && card ? [{ ...one, person, card }] : [];
    }),
    older: found.length > onPage ? `/inbox?before=${shown.at(-1)!.id}` : undefined,
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? cleanText(value).slice(0, 60) : '');
