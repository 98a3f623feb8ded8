import { z } from 'zod';
import { definePlugin } from '../../core/plugin.ts';
import { Catalogues, Database, Identity, Pages } from '../../core/services.ts';
import type { MetricDefinition } from '../../recommend/measures.ts';
import { Films } from '../catalogue/api.ts';
import { History } from '../history/api.ts';
import { WatchlistAdded } from './api.ts';
import { fragmentsOver } from './fragments.ts';
import { personalData } from './personal.ts';
import { watchlistRoutes } from './routes.ts';
import { mostSaved, savedByUnit } from './store.ts';

/** By unit, as recommendations count them; a visitor has no watchlist. */
const saved = 'select u.id as unit, i.film from watchlist_item i join unit u on u.account = i.account';

const adds: MetricDefinition = {
  id: 'watchlist-adds',
  title: 'Films saved per viewer',
  noun: 'films put on the watchlist per viewer',
  kind: 'mean',
  better: 'up',
  cap: { percentile: 0.99 },
  minimum: 100,
  scale: 'relative',
  unit: 'count',
  rows: 'select u.id as unit, i.added_at as at, 1 as value from watchlist_item i join unit u on u.account = i.account',
  changes: 'select unit, tx from history_change',
};

/** Films to see later. */
export default definePlugin({
  id: 'watchlist',
  title: 'Watchlist',
  description: 'A list of films to see later, with a button on every card.',
  config: z.object({
    limit: z.int().min(1).max(10_000).default(mostSaved).describe('How many films a watchlist holds'),
    hideSaved: z.boolean().default(true).describe('Leave films that are on the watchlist out of recommendations: they are found already'),
    weight: z.number().min(-5).max(5).default(0.5).describe('What a film on the watchlist counts for recommendations, where a rating counts 1'),
  }),
  // Identity and History are named so that their tables exist before this plugin's.
  requires: { sql: Database, pages: Pages, films: Films, catalogues: Catalogues, identity: Identity, history: History },
  migrations: new URL('./migrations/', import.meta.url),
  personalData,
  views: new URL('./views/', import.meta.url),
  texts: new URL('./texts/', import.meta.url),
  setup({ config, use: { sql, pages, films, catalogues }, publish }) {
    return {
      routes: watchlistRoutes({ sql, pages, films, limit: config.limit, added: (fact) => publish(WatchlistAdded, fact) }),
      fragments: fragmentsOver(sql),
      metrics: [adds],
      signals: { events: [{ kind: 'watchlist', title: 'On the watchlist', weight: config.weight, rows: saved }] },
      ...(config.hideSaved
        ? {
            filters: [
              {
                id: 'watchlist',
                async load(unit) {
                  const catalogue = catalogues.current();
                  const hidden = new Set((await savedByUnit(sql, unit)).map((film) => catalogue.position(film)));
                  return (film: number) => !hidden.has(film);
                },
              },
            ],
          }
        : {}),
    };
  },
});
