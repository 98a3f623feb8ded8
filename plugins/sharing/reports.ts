import type { Router } from 'express';
import { notFound } from '../../core/errors.ts';
import { idFrom } from '../../core/http/form.ts';
import { signedIn } from '../../core/http/request.ts';
import type { Parts } from './parts.ts';

/** /inbox/{id}/report: a note that came to oneself. */
export const reportPages = ({ sql, moderation }: Parts): Router =>
  moderation.reportRoutes('/inbox/:id/report', async (request) => {
    const row = await sql.one<{ id: number; author: number; note: string; title: string; film: number }>(
      'select s.id, s.sender as author, s.note, f.title, s.film from share s join film f on f.id = s.film where s.id = $1 and s.recipient = $2 and s.removed_at is null',
      [idFrom(request.params['id'], 'recommendation'), signedIn(request).id],
    );
    if (!row) throw notFound('recommendation');
    return {
      kind: 'share',
      subject: row.id,
      author: row.author,
      excerpt: [row.title, row.note].filter(Boolean).join('\n'),
      href: `/film/${row.film}`,
    };
  });
