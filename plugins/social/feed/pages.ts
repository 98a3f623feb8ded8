import { Router, type Request } from 'express';
import { signedIn } from '../../../core/http/request.ts';
import type { Parts } from '../parts.ts';
import { textOf } from '../query.ts';
import { linesOf, read, type LineSlots } from './lines.ts';
import { feedOf, readCursor } from './store.ts';

/** /feed: what the people one follows did. */
export const feedPages = (parts: Parts): Router =>
  Router().get('/feed', async (request, response) => {
    const { slots, ...data } = await contents(parts, request);
    await parts.pages.send(request, response, 'social/feed', data, { slots });
  });

async function contents(parts: Parts, request: Request): Promise<{ readonly slots: LineSlots }> {
  const { id } = signedIn(request),
    before = readCursor(textOf(request, 'before'));
  const [happenings, following] = await Promise.all([
    feedOf(parts.sql, id, read, before, parts.shown('a.kind', 'a.subject')),
    parts.sql.one('select from follow where follower = $1 limit 1', [id]),
  ]);
  const { lines, older, slots } = await linesOf(parts, happenings);
  const data = { lines, older: older && `/feed?before=${older}`, newer: before !== undefined, following: following !== undefined };
  return { ...data, slots };
}
