import { Router } from 'express';
import { z } from 'zod';
import { definePlugin } from '../../core/plugin.ts';
import { Database, Pages } from '../../core/services.ts';
import { Accounts } from '../accounts/api.ts';
import { Films } from '../catalogue/api.ts';
import { History } from '../history/api.ts';
import { Moderation } from '../moderation/api.ts';
import { Activities, Notifications, Privacy, Profiles } from '../social/api.ts';
import { reviewApi } from './api-routes.ts';
import { Reviews } from './api.ts';
import { reviewResource } from './console.ts';
import { fragmentsOver } from './fragments.ts';
import { reviewLists } from './lists.ts';
import { reviewPages } from './pages.ts';
import { personalData } from './personal.ts';
import { reportPages } from './reports.ts';
import { insert } from './store.ts';

/** What viewers write about films, and what others answer. */
export default definePlugin({
  id: 'reviews',
  title: 'Reviews',
  description: 'Reviews with a spoiler mark, likes and threads of comments, on film pages and profiles.',
  config: z.object({
    linkDays: z.int().min(0).max(3650).default(7).describe('After how many days the addresses that a new account writes become links'),
  }),
  // History is named because reviews show its stars.
  requires: {
    sql: Database,
    pages: Pages,
    accounts: Accounts,
    films: Films,
    history: History,
    moderation: Moderation,
    privacy: Privacy,
    profiles: Profiles,
    notifications: Notifications,
    activities: Activities,
  },
  provides: { reviews: Reviews },
  migrations: new URL('./migrations/', import.meta.url),
  views: new URL('./views/', import.meta.url),
  texts: new URL('./texts/', import.meta.url),
  personalData,
  console: { resources: [reviewResource] },
  setup({ config, use }) {
    const parts = { ...use, linkDays: config.linkDays };
    return {
      services: {
        reviews: {
          bring: (review) =>
            use.sql.transaction(async (tx) => {
              const known = await tx.one('select from review where author = $1 and film = $2 and deleted_at is null', [review.account, review.film]);
              if (!known) await insert(tx, use, { ...review, author: review.account });
              return known === undefined;
            }),
        },
      },
      routes: Router().use(reviewPages(parts), reviewLists(parts), reportPages(parts)),
      api: reviewApi(parts),
      fragments: fragmentsOver(parts),
    };
  },
});
