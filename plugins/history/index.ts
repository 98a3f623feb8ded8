import { Router } from 'express';
import { definePlugin, on } from '../../core/plugin.ts';
import { Database, Histories, Identity, Pages } from '../../core/services.ts';
import { UnitsMerged } from '../accounts/api.ts';
import { Films } from '../catalogue/api.ts';
import { History } from './api.ts';
import { ratingResource } from './console.ts';
import { fragmentsOver } from './fragments.ts';
import { historiesOver } from './histories.ts';
import { interactionRoutes } from './interactions/routes.ts';
import { mergeHistory } from './merge.ts';
import { ownPages } from './pages.ts';
import { markRoutes } from './routes.ts';
import { historyOver } from './service.ts';
import { ratings } from './training.ts';

/** What viewers and visitors did: ratings, films seen, films they do not want to see. */
export default definePlugin({
  id: 'history',
  title: 'History',
  description: 'Ratings, films seen and films nobody wants to be shown again; recommendations follow from them.',
  required: true,
  requires: { sql: Database, pages: Pages, identity: Identity, films: Films },
  provides: { histories: Histories, history: History },
  migrations: new URL('./migrations/', import.meta.url),
  views: new URL('./views/', import.meta.url),
  console: { resources: [ratingResource] },
  training: { ratings },
  setup({ use: { sql, pages, identity, films }, publish }) {
    const history = historyOver({ sql, identity, publish });
    return {
      services: { histories: historiesOver(sql), history },
      routes: Router().use(markRoutes(history), ownPages({ sql, pages, films })),
      api: interactionRoutes({ sql, identity, publish }),
      fragments: fragmentsOver(history),
      on: [on(UnitsMerged, (units) => mergeHistory(sql, units))],
    };
  },
});
