import { Router } from 'express';
import { definePlugin } from '../../core/plugin.ts';
import { Blends, Bus, Catalogues, Database, Pages, Recommender } from '../../core/services.ts';
import { Films } from './api.ts';
import { CatalogueIndex } from './catalogue-index.ts';
import { resources } from './console.ts';
import { FilmOrders } from './film-orders.ts';
import { filmRoutes } from './film-routes.ts';
import { filmsOver } from './films-service.ts';
import { aboutPage } from './pages/about.ts';
import { decadePages } from './pages/decades.ts';
import { filmPage } from './pages/film.ts';
import { genrePages } from './pages/genres.ts';
import { homePages } from './pages/home.ts';
import { personPage } from './pages/person.ts';
import { posterRoute } from './pages/poster.ts';
import { searchPage } from './pages/search.ts';
import { suggestRoute } from './pages/suggest.ts';
import { topPage } from './pages/top.ts';
import { whyPage } from './pages/why.ts';
import { films } from './training.ts';

/** Films, the people who made them, and the pages on which viewers find them. */
export default definePlugin({
  id: 'catalogue',
  title: 'Catalogue',
  description: 'The films with their facts, and the pages on which viewers find them.',
  required: true,
  requires: { sql: Database, bus: Bus, pages: Pages, recommender: Recommender, blends: Blends },
  provides: { catalogue: Catalogues, films: Films },
  migrations: new URL('./migrations/', import.meta.url),
  views: new URL('./views/', import.meta.url),
  texts: new URL('./texts/', import.meta.url),
  console: { resources },
  training: { films },
  async setup({ use: { sql, bus, ...use }, find, log }) {
    // Followed from before it is read, so that nothing is missed meanwhile.
    const opening = CatalogueIndex.open(sql),
      dispose = bus.on('catalogue', async () => (await opening).refresh());
    const index = await opening.catch((error: unknown) => {
      dispose();
      throw error;
    });
    const parts = { ...use, sql, index, orders: new FilmOrders(sql, index, log), find };
    return {
      services: { catalogue: index, films: filmsOver(parts) },
      routes: Router().use(
        posterRoute(index),
        homePages(parts),
        filmPage(parts),
        whyPage(parts),
        genrePages(parts),
        decadePages(parts),
        topPage(parts),
        searchPage(parts),
        suggestRoute(parts),
        personPage(parts),
        aboutPage(parts),
      ),
      api: filmRoutes(parts),
      dispose,
    };
  },
});
