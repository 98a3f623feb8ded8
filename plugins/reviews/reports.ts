import { Router } from 'express';
import { notFound } from '../../core/errors.ts';
import { idFrom } from '../../core/http/form.ts';
import { one } from './store.ts';
import type { Parts } from './parts.ts';

interface Row {
  readonly author: number;
  readonly review: number;
  readonly text: string;
}

/** What can be reported: a review, a comment; only what the reader sees. */
export function reportPages(parts: Parts): Router {
  const { sql, privacy, moderation } = parts;
  return Router()
    .use(
      moderation.reportRoutes('/review/:id/report', async (request) => {
        const { id, author, text } = await one(parts, request.account?.id ?? null, idFrom(request.params['id'], 'review'));
        return { kind: 'review', subject: id, author, excerpt: text, href: `/review/${id}` };
      }),
    )
    .use(
      moderation.reportRoutes('/comment/:id/report', async (request) => {
        const id = idFrom(request.params['id'], 'comment');
        const row = await sql.one<Row>(
          `select c.author, c.review, c.text from review_comment c join review r on r.id = c.review
            where c.id = $2 and c.deleted_at is null and r.deleted_at is null and ${moderation.shown(`'comment'`, 'c.id')}
              and ${privacy.condition('activity', '$1', 'c.author')} and ${privacy.condition('activity', '$1', 'r.author')}`,
          [request.account?.id ?? null, id],
        );
        if (!row) throw notFound('comment');
        return { kind: 'comment', subject: id, author: row.author, excerpt: row.text, href: `/review/${row.review}#comment-${id}` };
      }),
    );
}
