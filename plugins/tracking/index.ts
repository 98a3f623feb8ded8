import { z } from 'zod';
import { definePlugin, on } from '../../core/plugin.ts';
import { Blends, Catalogues, Database, Identity, Recommender } from '../../core/services.ts';
import { UnitsMerged } from '../accounts/api.ts';
import { Films } from '../catalogue/api.ts';
import { History } from '../history/api.ts';
import { Tracking } from './api.ts';
import { figures } from './console/figures.ts';
import { performanceRoutes } from './console/routes.ts';
import { FactsOfLists } from './facts.ts';
import { mergeTracking } from './merge.ts';
import { metrics, segments } from './metrics.ts';
import { outcomeListeners } from './outcomes.ts';
import { personalData } from './personal.ts';
import { pruneJob } from './prune.ts';
import { recorder } from './record.ts';
import { clickApi, clickRoutes } from './routes.ts';

/** What viewers were shown, what they clicked on, and what came of it. */
export default definePlugin({
  id: 'tracking',
  title: 'Tracking',
  description: 'Counts which lists were shown, what was clicked and what came of it; experiments and live figures rest on this.',
  required: true,
  config: z.object({
    weight: z.number().min(-5).max(5).default(0.1).describe('What a click on a recommended film counts for recommendations, where a rating counts 1'),
    keepDays: z
      .int()
      .min(31)
      .max(3650)
      .default(365)
      .describe('For how many days lists, clicks and outcomes are kept; those that an experiment needs stay longer'),
  }),
  // The tables point to those of accounts, catalogue and history, so these come first.
  requires: { sql: Database, catalogues: Catalogues, blends: Blends, recommender: Recommender, identity: Identity, films: Films, history: History },
  provides: { tracking: Tracking },
  migrations: new URL('./migrations/', import.meta.url),
  personalData,
  console: {
    figures,
    pages: [
      {
        id: 'performance',
        title: 'Live performance',
        icon: 'Activity',
        role: 'manager',
        component: new URL('./console/performance.tsx', import.meta.url),
      },
    ],
  },
  setup({ config, use: { sql, catalogues, blends, recommender }, publish, log }) {
    return {
      services: { tracking: recorder({ sql, facts: new FactsOfLists(sql, catalogues), log, publish }) },
      routes: clickRoutes(sql),
      api: [clickApi(sql)],
      signals: { events: [{ kind: 'click', title: 'Clicked in a list', weight: config.weight, rows: 'select unit, film from click' }] },
      metrics,
      segments,
      consoleRoutes: performanceRoutes({ sql, blends, recommender }),
      jobs: [pruneJob(sql, config.keepDays)],
      on: [...outcomeListeners(sql), on(UnitsMerged, (units) => mergeTracking(sql, units))],
    };
  },
});
