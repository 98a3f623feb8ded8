import { definePlugin } from '../../core/plugin.ts';
import { Database, Identity, Jobs, Pages, PersonalParts } from '../../core/services.ts';
import { Films } from '../catalogue/api.ts';
import { forgetJob, importJob } from './job.ts';
import { personalData } from './personal.ts';
import { importRoutes } from './routes.ts';

/** Viewers bring their films along from other sites. */
export default definePlugin({
  id: 'transfer',
  title: 'Import from other sites',
  description: 'Lets viewers bring ratings, diary, watchlist and reviews along from CSV files of Letterboxd, IMDb and Trakt.',
  // Identity and Films are named so that their tables exist before this plugin's.
  requires: { sql: Database, pages: Pages, jobs: Jobs, identity: Identity, films: Films, personal: PersonalParts },
  migrations: new URL('./migrations/', import.meta.url),
  views: new URL('./views/', import.meta.url),
  texts: new URL('./texts/', import.meta.url),
  personalData,
  setup: ({ use }) => ({
    routes: importRoutes(use),
    jobs: [importJob(use.sql, use.personal), forgetJob(use.sql)],
    fragments: [
      {
        slot: 'account.tabs',
        template: 'transfer/tab',
        load: async ({ path }, subjects) => new Map(subjects.map((subject) => [subject, { current: path.startsWith('/account/import') }])),
      },
    ],
  }),
});
