import type { Fragment } from '../../core/http/fragment.ts';
import { friendsRatings } from './film/fragment.ts';
import { unread } from './notifications/store.ts';
import type { Parts } from './parts.ts';

/** What social puts on everybody's pages. */
export const fragmentsOver = (parts: Parts): Fragment[] => [
  {
    slot: 'nav',
    order: 250,
    template: 'social/nav',
    load: async ({ account, path }, subjects) => {
      const data = { account, feed: path === '/feed', people: path.startsWith('/people') };
      return new Map(subjects.map((subject) => [subject, data]));
    },
  },
  {
    slot: 'news',
    order: 880,
    template: 'social/nav-news',
    async load({ account, path }, subjects) {
      if (!account) return new Map();
      const count = await unread(parts.sql, account.id);
      return new Map(subjects.map((subject) => [subject, { count, current: path === '/notifications' }]));
    },
  },
  {
    slot: 'account.sections',
    order: 40,
    template: 'social/account',
    load: async (_request, subjects) => new Map(subjects.map((subject) => [subject, {}])),
  },
  friendsRatings(parts),
];
