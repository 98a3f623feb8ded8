import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Sql } from '../../core/database/sql.ts';
import { notFound } from '../../core/errors.ts';
import { idFrom, read, refused, safeNext } from '../../core/http/form.ts';
import type { Pages } from '../../core/http/page.ts';
import type { FilmsService } from '../catalogue/api.ts';
import type { HistoryService } from '../history/api.ts';
import type { DiaryEntry, DiaryService } from './api.ts';
import { dayUntil } from './day.ts';
import { change, count, latest, one, remove } from './store.ts';

export interface Parts {
  readonly sql: Sql;
  readonly pages: Pages;
  readonly films: FilmsService;
  readonly history: HistoryService;
  readonly diary: DiaryService;
}
const pageSize = 40;
const Form = (now: Date) =>
  z.object({
    watched_on: dayUntil(now),
    rewatch: z.string('Tick it or not.').optional(),
    next: z.unknown().optional(),
  });

/** `/diary`, and what its forms send. */
export function diaryRoutes(parts: Parts): Router {
  const { sql, pages, diary } = parts,
    router = Router();
  router.get('/diary', async (request, response) => {
    await pages.send(request, response, 'diary/diary', await contents(parts, request), { slots: { 'own.tabs': [0] } });
  });
  router.get('/film/:id/diary', async (request, response) => showNew(parts, request, response, idFrom(request.params.id, 'film')));
  router.post('/film/:id/diary', async (request, response) => {
    const film = idFrom(request.params.id, 'film');
    try {
      const { watched_on: watchedOn, rewatch, next } = read(Form(request.clock), request.body);
      await diary.note({ unit: await request.unit(), film, watchedOn, rewatch: rewatch !== undefined }, request.clock);
      response.redirect(303, safeNext(next, `/film/${film}`));
    } catch (error) {
      await showNew(parts, request, response, film, refused(request, error));
    }
  });
  router.get('/diary/:id/edit', async (request, response) => showEdit(parts, request, response, idFrom(request.params.id, 'diary entry')));
  router.post('/diary/:id', async (request, response) => {
    const id = idFrom(request.params.id, 'diary entry');
    try {
      const { watched_on: watchedOn, rewatch } = read(Form(request.clock), request.body);
      await change(sql, await request.unit(), id, { watchedOn, rewatch: rewatch !== undefined });
      response.redirect(303, '/diary');
    } catch (error) {
      await showEdit(parts, request, response, id, refused(request, error));
    }
  });
  router.post('/diary/:id/delete', async (request, response) => {
    await remove(sql, await request.unit(), idFrom(request.params.id, 'diary entry'));
    response.redirect(303, safeNext((request.body as Record<string, unknown> | undefined)?.['next'], '/diary'));
  });
  return router;
}

type Refusal = ReturnType<typeof refused>;
/** A film's form on a page of its own. */
async function showNew({ pages, films }: Parts, request: Request, response: Response, film: number, refusal?: Refusal): Promise<void> {
  const card = (await films.cards([film])).get(film);
  if (!card || card.hidden) throw notFound('film');
  const data = { card, action: `/film/${film}/diary`, back: card.href, watchedOn: request.clock.toISOString().slice(0, 10) };
  await pages.send(request, response, 'diary/edit', { ...data, ...again(request, refusal) }, { status: refusal?.status ?? 200 });
}

/** The form of an entry; 404 for somebody else's. */
async function showEdit({ sql, pages, films }: Parts, request: Request, response: Response, id: number, refusal?: Refusal): Promise<void> {
  const entry = await one(sql, await request.unit(), id),
    card = (await films.cards([entry.film])).get(entry.film);
  const data = { ...entry, entry, card, action: `/diary/${id}`, back: '/diary' };
  await pages.send(request, response, 'diary/edit', { ...data, ...again(request, refusal) }, { status: refusal?.status ?? 200 });
}

function again({ body }: Request, refusal: Refusal | undefined): object {
  const { watched_on: watchedOn, rewatch } = (body ?? {}) as Record<string, unknown>;
  return refusal ? { watchedOn, rewatch, error: refusal.errors['watched_on'], message: refusal.message } : {};
}

async function contents({ sql, films, history }: Parts, request: Request): Promise<object> {
  const unit = await request.unit(),
    total = await count(sql, unit),
    pages = Math.max(1, Math.ceil(total / pageSize)),
    page = Math.min(pageFrom(request), pages);
  const entries = await latest(sql, unit, { limit: pageSize, offset: (page - 1) * pageSize }),
    ids = entries.map(({ film }) => film),
    [cards, marks] = await Promise.all([films.cards(ids), history.of(unit, ids)]);
  const at = (n: number): string | undefined => (n >= 1 && n <= pages ? `/diary?page=${n}` : undefined);
  const lines = entries.flatMap((entry) => {
    const card = cards.get(entry.film);
    return card ? [{ ...entry, day: new Date(entry.watchedOn), card, stars: marks.get(entry.film)?.stars }] : [];
  });
  return { total, page, pages, previous: at(page - 1), next: at(page + 1), months: byMonth(lines) };
}

/** Lines of one month stand together; they come with the latest first. */
export function byMonth<T extends Pick<DiaryEntry, 'watchedOn'>>(lines: readonly T[]): { readonly start: Date; readonly lines: readonly T[] }[] {
  const months = new Map<string, T[]>();
  for (const line of lines) {
    const month = line.watchedOn.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), line]);
  }
  return [...months].map(([month, own]) => ({ start: new Date(`${month}-01`), lines: own }));
}

/** Anything else than a number is the first page. */
const pageFrom = ({ query: { page } }: Request): number => (typeof page === 'string' && /^[1-9]\d{0,8}$/.test(page) ? Number(page) : 1);
