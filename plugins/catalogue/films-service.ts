import type { Sql } from '../../core/database/sql.ts';
import { searchFilms } from './browse.ts';
import { typed } from './query.ts';
import type { FilmsService, FilmSummary } from './api.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import { cardsOf } from './lists.ts';

/** What other plugins may ask about films. */
export const filmsOver = (sql: Sql, index: CatalogueIndex): FilmsService => ({
  async cards(ids) {
    const cards = new Map<number, FilmSummary>();
    for (const id of ids) {
      const film = index.film(id);
      if (film) cards.set(id, film);
    }
    return cards;
  },
  exists: (id) => index.film(id)?.hidden === false,
  search: async (text, limit) => index.visible((await searchFilms(sql, typed(text), { page: 1, size: limit })).ids),
  served: (list) => cardsOf(list, index),
});
