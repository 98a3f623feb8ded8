import { z } from 'zod';
import { definePlugin, on } from '../../core/plugin.ts';
import { Database, Identity, Jobs, Pages } from '../../core/services.ts';
import { UnitsMerged } from '../accounts/api.ts';
import { Films } from '../catalogue/api.ts';
import { History } from '../history/api.ts';
import { fragmentsOver } from './fragments.ts';
import { groupsJob, makeGroups } from './groups/job.ts';
import { personalData } from './personal.ts';
import { pickRoutes } from './routes.ts';
import { mergePicks } from './store.ts';

const picked = 'select p.unit, f.film from pick p cross join lateral unnest(p.films) as f (film)';

/** One question for somebody new, so that the first recommendations are not the same for everybody. */
export default definePlugin({
  id: 'picks',
  title: 'First picks',
  description: 'Asks somebody new which groups of well-known films they would watch, and starts their recommendations from the answer.',
  config: z.object({
    weight: z.number().min(-5).max(5).default(0.3).describe('What each film of a picked group counts for recommendations, where a rating counts 1'),
  }),
  // Identity and History are named so that the tables of accounts and ratings exist before this plugin's.
  requires: { sql: Database, pages: Pages, films: Films, jobs: Jobs, identity: Identity, history: History },
  migrations: new URL('./migrations/', import.meta.url),
  personalData,
  views: new URL('./views/', import.meta.url),
  texts: new URL('./texts/', import.meta.url),
  async setup({ config, use: { sql, pages, films, jobs } }) {
    if (!(await sql.one('select from pick_group limit 1'))) await jobs.enqueue(sql, groupsJob, {}, { key: 'first' });
    return {
      routes: pickRoutes({ sql, pages, films }),
      fragments: fragmentsOver(sql, films),
      signals: { events: [{ kind: 'picked', title: 'Picked at the first visit', weight: config.weight, rows: picked }] },
      jobs: [makeGroups(sql)],
      on: [on(UnitsMerged, (units) => mergePicks(sql, units))],
    };
  },
});
