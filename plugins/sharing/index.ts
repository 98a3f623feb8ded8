import { Router } from 'express';
import { z } from 'zod';
import { definePlugin } from '../../core/plugin.ts';
import { Database, Pages } from '../../core/services.ts';
import { Accounts } from '../accounts/api.ts';
import { Films } from '../catalogue/api.ts';
import { History } from '../history/api.ts';
import { Moderation } from '../moderation/api.ts';
import { Notifications, Privacy } from '../social/api.ts';
import { fragmentsOver } from './fragments.ts';
import { friendsAdjuster } from './friends.ts';
import { sharingPages } from './pages.ts';
import { personalData } from './personal.ts';
import { reportPages } from './reports.ts';

const weight = (standard: number, what: string) => z.number().min(0).max(5).default(standard).describe(what);

/** Films from one person to another, and what friends loved as a source of recommendations. */
export default definePlugin({
  id: 'sharing',
  title: 'Sharing',
  description: 'Films recommended to friends with a note, an inbox, and friends as a source of recommendations whose weight can be set.',
  config: z.object({
    recommended: weight(0.5, "What a recommendation by somebody adds to a film's score, in standard deviations of a score: 0 leaves it out"),
    loved: weight(0.15, 'What each person adds whom the viewer follows and who gave the film four stars or more, up to three of them'),
  }),
  // History is named because its table of ratings is read.
  requires: {
    sql: Database,
    pages: Pages,
    accounts: Accounts,
    films: Films,
    history: History,
    moderation: Moderation,
    privacy: Privacy,
    notifications: Notifications,
  },
  migrations: new URL('./migrations/', import.meta.url),
  views: new URL('./views/', import.meta.url),
  texts: new URL('./texts/', import.meta.url),
  personalData,
  setup: ({ config, use }) => ({
    routes: Router().use(sharingPages(use), reportPages(use)),
    fragments: fragmentsOver(use),
    adjuster: friendsAdjuster(use.sql, use, config),
  }),
});
