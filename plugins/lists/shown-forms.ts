import type { Request, Response } from 'express';
import { notFound } from '../../core/errors.ts';
import { cleanText, idFrom, type refused } from '../../core/http/form.ts';
import { signedIn } from '../../core/http/request.ts';
import { sightOf, type Parts } from './parts.ts';
import { itemsOf, listById, mostFilms } from './store.ts';

const suggested = 8;
/** A form that was not taken, as it was sent. */
export interface Again extends ReturnType<typeof refused> {
  readonly values?: object;
  /** the film whose note was not taken, and the note */
  readonly noted?: { readonly film: number; readonly note: unknown };
}

/** The form of a new list; `film` as it was named, if it was. */
export async function showNew({ pages, films }: Parts, request: Request, response: Response, film: unknown, again?: Again): Promise<void> {
  signedIn(request);
  const id = film === undefined ? undefined : idFrom(film, 'film'),
    card = id && (await films.cards([id])).get(id);
  await pages.send(request, response, 'lists/new', { card, ...again }, { status: again?.status ?? 200 });
}

/** The form of an own list with its films; 404 for somebody else's. */
export async function showEdit({ sql, pages, films, find }: Parts, request: Request, response: Response, id: number, again?: Again): Promise<void> {
  const { id: reader } = signedIn(request),
    list = await listById(sql, reader, sightOf({ find }), id);
  if (list.account !== reader) throw notFound('list');
  const items = await itemsOf(sql, id, { limit: mostFilms, offset: 0 }),
    cards = await films.cards(items.map(({ film }) => film)),
    add = typed(request),
    found = add === '' ? [] : await films.search(add, suggested);
  const data = {
    list,
    values: list,
    back: `/list/${id}/edit`,
    add,
    found: found.filter((film) => !cards.has(film.id)).map((card) => ({ card, list: id })),
    lines: items.flatMap(({ film, note }) => {
      const card = cards.get(film),
        wrong = again?.noted?.film === film ? { typed: again.noted.note, error: again.errors['note'] ?? again.message } : {};
      return card ? [{ film, note, card, base: `/list/${id}/film/${film}`, ...wrong }] : [];
    }),
    ...again,
    ...(again?.noted && { message: undefined }),
  };
  await pages.send(request, response, 'lists/edit', data, { status: again?.status ?? 200 });
}

/** What to add, as far as it is typed. */
const typed = ({ query: { add } }: Request): string => (typeof add === 'string' ? cleanText(add).slice(0, 100) : '');
