import { definePlugin } from '../../core/plugin.ts';
import { Database, Pages } from '../../core/services.ts';
import { Accounts } from '../accounts/api.ts';
import { Films } from '../catalogue/api.ts';
import { History } from '../history/api.ts';
import { socialPages } from './pages.ts';

/** Viewers among each other: following, public profiles and the feed. */
export default definePlugin({
  id: 'social',
  title: 'Social',
  description: 'Following, public profiles with statistics, and a feed of what the people one follows rated.',
  requires: { sql: Database, pages: Pages, accounts: Accounts, films: Films, history: History },
  migrations: new URL('./migrations/', import.meta.url),
  views: new URL('./views/', import.meta.url),
  setup: ({ use }) => ({
    routes: socialPages(use),
    fragments: [
      {
        slot: 'nav',
        order: 250,
        template: 'social/nav',
        load: async ({ account, path }, subjects) => {
          const data = { account, feed: path === '/feed', people: path.startsWith('/people') };
          return new Map(subjects.map((subject) => [subject, data]));
        },
      },
    ],
  }),
});
