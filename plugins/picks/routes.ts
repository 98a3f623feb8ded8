import { Router, type Request, type Response } from 'express';
import type { Sql } from '../../core/database/sql.ts';
import type { Pages } from '../../core/http/page.ts';
import type { FilmsService } from '../catalogue/api.ts';
import { shownGroups } from './shown.ts';
import { groupsNow, groupsWith, removePicks, savePicks, skip, stateOf, type StoredGroup } from './store.ts';

interface Parts {
  readonly sql: Sql;
  readonly pages: Pages;
  readonly films: FilmsService;
}
/** All of them would say nothing. */
export const most = 5;

/** `/picks`: the question on a page of its own, and what its forms send. */
export function pickRoutes(parts: Parts): Router {
  const { sql } = parts,
    router = Router();
  router.get('/picks', async (request, response) => {
    const { picks } = await stateOf(sql, await request.unit());
    await sendPage(parts, request, response, { picks, chosen: picks.map(({ id }) => id) });
  });
  router.post('/picks', async (request, response) => {
    const unit = await request.unit(),
      ids = typed(request),
      groups = await groupsWith(sql, unit, ids);
    const wrong = whatIsWrong(ids, groups);
    if (wrong !== undefined) return sendPage(parts, request, response, { picks: (await stateOf(sql, unit)).picks, chosen: ids, wrong });
    await savePicks(sql, unit, groups, request.clock);
    response.redirect(303, '/');
  });
  router.post('/picks/delete', async (request, response) => {
    await removePicks(sql, await request.unit());
    response.redirect(303, '/');
  });
  router.post('/picks/skip', async (request, response) => {
    await skip(sql, await request.unit(), request.clock);
    response.redirect(303, '/');
  });
  return router;
}

/** The ids of the ticked groups, each once; 0 for what is no id. */
function typed(request: Request): number[] {
  const field = (request.body as Record<string, unknown> | undefined)?.['group'] ?? [];
  return [...new Set([field].flat().map((text) => (typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0)))];
}

function whatIsWrong(ids: readonly number[], groups: readonly StoredGroup[]): string | undefined {
  if (ids.length === 0) return 'Choose at least one group.';
  if (ids.length > most) return `Choose at most ${most} groups: all of them together say nothing about you.`;
  return groups.length < ids.length ? 'One of these groups is no longer there. Choose among those below.' : undefined;
}

interface Filled {
  readonly picks: readonly StoredGroup[];
  readonly chosen: readonly number[];
  readonly wrong?: string;
}

/** What was picked from earlier groups stands beside those of today. */
async function sendPage({ sql, pages, films }: Parts, request: Request, response: Response, { picks, chosen, wrong }: Filled): Promise<void> {
  const now = await groupsNow(sql),
    earlier = picks.filter(({ id }) => !now.some((group) => group.id === id));
  const groups = await shownGroups(films, [...earlier, ...now], new Set(chosen));
  await pages.send(request, response, 'picks/page', { groups, picks, wrong }, { status: wrong === undefined ? 200 : 422 });
}
