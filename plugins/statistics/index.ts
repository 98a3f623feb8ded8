import { definePlugin } from '../../core/plugin.ts';
import { Database } from '../../core/services.ts';
import { Accounts } from '../accounts/api.ts';
import { Films } from '../catalogue/api.ts';
import { History } from '../history/api.ts';
import { Profiles } from '../social/api.ts';
import { fragmentsOver } from './fragments.ts';
import { statisticsRoutes } from './routes.ts';

/** What somebody's films add up to. */
export default definePlugin({
  id: 'statistics',
  title: 'Statistics',
  description: 'Charts and tables of what somebody watched, how alike two tastes are, and a page for each year to share.',
  // History is named because its tables are read here, as is the diary's, on or off.
  requires: { sql: Database, profiles: Profiles, films: Films, accounts: Accounts, history: History },
  views: new URL('./views/', import.meta.url),
  texts: new URL('./texts/', import.meta.url),
  setup: ({ use }) => ({
    routes: statisticsRoutes(use),
    fragments: fragmentsOver(use),
  }),
});
