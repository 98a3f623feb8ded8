import { Router, text, type Request } from 'express';
import { z } from 'zod';
import type { Sql } from '../../core/database/sql.ts';
import { apiRoute, type ApiRoute } from '../../core/http/api-route.ts';
import { badRequest, notFound } from '../../core/errors.ts';
import { read } from '../../core/http/form.ts';
import { click } from './clicks.ts';

const list = z.uuid('Name the list by its id.');
const position = z.int().min(0).max(32_767).describe('Place in the list, from 0.');
const Place = z.object({ list, position });
const Beacon = z.object({ clicks: z.array(Place).min(1).max(100) });

/** Clicks as browsers report them. */
export function clickRoutes(sql: Sql): Router {
  const router = Router();
  router.get('/go/:list/:position', async (request, response) => {
    const place = Place.safeParse({ list: request.params.list, position: Number(request.params.position) });
    const unit = isPerson(request) ? await request.unit() : undefined;
    const film = place.success ? await click(sql, { ...place.data, unit, at: request.clock }) : undefined;
    response.setHeader('cache-control', 'no-store');
    response.redirect(302, film === undefined ? '/' : `/film/${film}`);
  });
  // navigator.sendBeacon sends plain text unless it is told otherwise.
  router.post('/t/beacon', text({ type: 'text/plain', limit: '20kb' }), async (request, response) => {
    const { clicks } = read(Beacon, typeof request.body === 'string' ? parsed(request.body) : request.body);
    const unit = await request.unit();
    for (const place of clicks) await click(sql, { ...place, unit, at: request.clock });
    response.status(204).end();
  });
  return router;
}

/** A browser that loads a link ahead, in case it is followed, and a program that asks for headers alone are nobody's clicks. */
const isPerson = (request: Request): boolean =>
  request.method === 'GET' &&
  !/prefetch|prerender|preview/i.test(['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => request.get(name) ?? '').join(' '));

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw badRequest('The beacon is no JSON.');
  }
}

/** Clicks on lists that a program fetched for its own viewers. */
export const clickApi = (sql: Sql): ApiRoute =>
  apiRoute({
    method: 'post',
    path: '/lists/{id}/clicks',
    scope: 'write',
    summary: 'A viewer clicked on a film of a list. Sent again, it counts once.',
    params: z.object({ id: list }),
    body: z.strictObject({ position }),
    response: z.object({ film: z.int() }),
    async handler({ params: { id }, body, request }) {
      const owner = await sql.one<{ unit: number }>('select unit from served_list where id = $1', [id]);
      const film = owner && (await click(sql, { list: id, position: body.position, unit: owner.unit, at: request.clock }));
      if (film === undefined) throw notFound('list, or place in it');
      return { film };
    },
  });
