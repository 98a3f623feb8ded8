import { Router, type Request } from 'express';
import { idFrom } from '../../core/http/form.ts';
import { Moderation, type Reported } from '../moderation/api.ts';
import { visibleList, type Parts } from './parts.ts';
import { itemsOf } from './store.ts';

const path = '/list/:id/report',
  notesRead = 100;

/** The form that reports a list, as long as there are moderators to read it. */
export const reportPages = (parts: Parts): Router =>
  Router().all(path, (request, response, next) => {
    const moderation = parts.find(Moderation);
    if (!moderation) return next();
    void moderation.reportRoutes(path, (about) => reported(parts, about))(request, response, next);
  });

/** What a list says; 404 for one that the reader does not see. */
async function reported(parts: Parts, request: Request): Promise<Reported> {
  const { id, account, name, description } = await visibleList(parts, request, idFrom(request.params['id'], 'list')),
    items = await itemsOf(parts.sql, id, { limit: notesRead, offset: 0 });
  return {
    kind: 'list',
    subject: id,
    author: account,
    excerpt: [name, description, ...items.map(({ note }) => note)].filter(Boolean).join('\n'),
    href: `/list/${id}`,
  };
}
