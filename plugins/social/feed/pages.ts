import { Router, type Request } from 'express';
import { signedIn } from '../../../core/http/request.ts';
import type { Parts } from '../parts.ts';
import { textOf } from '../query.ts';
import { linesOf, read } from './lines.ts';
import { feedOf, readCursor } from './store.ts';

/** /feed: what the people one follows did. */
export const feedPages = (parts: Parts): Router =>
  Router().get('/feed', async (request, response) => parts.pages.send(request, response, 'social/feed', await contents(parts, request)));

async function contents(parts: Parts, request: Request): Promise<object> {
  const { id } = signedIn(request),
    before = readCursor(textOf(request, 'before'));
  const [happenings, following] = await Promise.all([
    feedOf(parts.sql, id, read, before, parts.shown('a.kind', 'a.subject')),
    parts.sql.one('select from follow where follower = $1 limit 1', [id]),
  ]);
  const { lines, older } = await linesOf(parts, happenings);
  return { lines, older: older && `/feed?before=${older}`, newer: before !== undefined, following: following !== undefined };
}
