import type { Context } from '../../core/plugin.ts';
import type { Sql } from '../../core/database/sql.ts';
import type { Pages } from '../../core/http/page.ts';
import type { Blends } from '../../recommend/blends.ts';
import type { Recommender } from '../../recommend/index.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import type { FilmOrders } from './film-orders.ts';

/** What the pages are made of. */
export interface Parts {
  readonly sql: Sql;
  readonly pages: Pages;
  readonly recommender: Recommender;
  readonly blends: Pick<Blends, 'current'>;
  readonly index: CatalogueIndex;
  readonly orders: FilmOrders;
  /** services of plugins that stand on this one */
  readonly find: Context<unknown, Record<never, never>>['find'];
}
