import type { Router } from 'express';
import { notFound } from '../../core/errors.ts';
import { idFrom } from '../../core/http/form.ts';
import { signedIn } from '../../core/http/request.ts';
import type { Parts } from './parts.ts';
import { shareOf } from './store.ts';

/** /inbox/{id}/report: a note that stands in one's inbox. */
export const reportPages = (parts: Parts): Router =>
  parts.moderation.reportRoutes('/inbox/:id/report', async (request) => {
    const share = await shareOf(parts, signedIn(request).id, idFrom(request.params['id'], 'recommendation'));
    if (!share) throw notFound('recommendation');
    const { id, sender, film, title, note } = share;
    return { kind: 'share', subject: id, author: sender, excerpt: [title, note].filter(Boolean).join('\n'), href: `/film/${film}` };
  });
