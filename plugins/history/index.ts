import { Router } from 'express';
import { z } from 'zod';
import { definePlugin, on } from '../../core/plugin.ts';
import { Database, Histories, Identity, Pages } from '../../core/services.ts';
import { UnitsMerged } from '../accounts/api.ts';
import { Films } from '../catalogue/api.ts';
import { History } from './api.ts';
import { ratingResource } from './console.ts';
import { fragmentsOver } from './fragments.ts';
import { historiesOver } from './histories.ts';
import { forgetJob } from './interactions/forget.ts';
import { interactionRoutes } from './interactions/routes.ts';
import { mergeHistory } from './merge.ts';
import { metrics, segments } from './metrics.ts';
import { ownPages } from './pages.ts';
import { personalData } from './personal.ts';
import { markRoutes } from './routes.ts';
import { historyOver } from './service.ts';
import { changedSince, ratings } from './training.ts';

/** A rating at the viewer's mean counts 1. */
const weight = z.number().min(-5).max(5);

/** What viewers and visitors did: ratings, films seen, films they do not want to see. */
export default definePlugin({
  id: 'history',
  title: 'History',
  description: 'Ratings, films seen and films nobody wants to be shown again; recommendations follow from them.',
  required: true,
  config: z.object({
    stars: weight.min(0).default(1).describe("What a rating counts for recommendations when it lies at the viewer's own mean"),
    spread: z.number().min(0).max(5).default(1).describe('What each star above or below that mean adds or takes away, as a fraction of the above'),
    neutral: z
      .number()
      .min(0.5)
      .max(5)
      .default(3.5)
      .describe("Stars that a newcomer's mean is taken to lie at; the own ratings take over one by one"),
    watched: weight.default(1).describe('What a film counts that was watched but not rated'),
    dismissed: weight.default(-0.5).describe('What a film counts that the viewer does not want to see: below 0 it speaks against films like it'),
    rememberIds: z
      .int()
      .min(1)
      .max(3650)
      .default(90)
      .describe('For how many days an interaction that the API takes is known again by its id and not counted twice'),
  }),
  requires: { sql: Database, pages: Pages, identity: Identity, films: Films },
  provides: { histories: Histories, history: History },
  migrations: new URL('./migrations/', import.meta.url),
  personalData,
  views: new URL('./views/', import.meta.url),
  texts: new URL('./texts/', import.meta.url),
  console: { resources: [ratingResource] },
  training: { ratings, changedSince },
  setup({ config: { stars, spread, neutral, watched, dismissed, rememberIds }, use: { sql, pages, identity, films }, publish }) {
    const history = historyOver({ sql, identity, publish });
    return {
      services: { histories: historiesOver(sql), history },
      routes: Router().use(markRoutes(history), ownPages({ sql, pages, films })),
      api: interactionRoutes({ sql, identity, publish }),
      fragments: fragmentsOver({ sql, history, films }),
      signals: {
        stars: { weight: stars, spread, neutral },
        events: [
          { kind: 'watched', title: 'Watched without a rating', weight: watched, rows: 'select unit, film from watch' },
          { kind: 'dismissed', title: 'Not interested', weight: dismissed, rows: 'select unit, film from dismissal' },
        ],
      },
      metrics,
      segments,
      jobs: [forgetJob(sql, rememberIds)],
      on: [on(UnitsMerged, (units) => mergeHistory(sql, units))],
    };
  },
});
