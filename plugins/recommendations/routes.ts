import { z } from 'zod';
import { notFound } from '../../core/errors.ts';
import { apiRoute, type ApiRoute } from '../../core/http/api-route.ts';
import type { Reason } from '../../recommend/algorithm.ts';
import type { Recommender } from '../../recommend/index.ts';
import type { Catalogue, CatalogueReader } from '../../recommend/ports.ts';
import type { ServedFilm, ServedList } from '../../recommend/served.ts';
import type { FilmsService, ServedCard } from '../catalogue/api.ts';
import { ViewerName, type HistoryService } from '../history/api.ts';
import type { TrackingService } from '../tracking/api.ts';
import { Answer, Query, type ListedFilm } from './schema.ts';

interface Parts {
  readonly recommender: Recommender;
  readonly catalogues: CatalogueReader;
  readonly films: FilmsService;
  readonly history: HistoryService;
  readonly tracking: TrackingService;
}

/** The list is recorded like those of pages, so it counts in live figures and in experiments. */
export const recommendations = ({ recommender, catalogues, films, history, tracking }: Parts): ApiRoute =>
  apiRoute({
    method: 'get',
    path: '/users/{id}/recommendations',
    scope: 'read',
    summary: 'Films for a viewer, the best first. The list is recorded as shown, so ask for it when you show it.',
    params: z.object({ id: ViewerName }),
    query: Query,
    response: Answer,
    async handler({ params, query: { size, offset, surface }, request }) {
      const unit = await history.unit(params.id);
      if (unit === undefined) throw notFound('user');
      const session = await recommender.open(unit, request.clock);
      const list = session.forViewer({ surface: `api.${surface}`, size, offset });
      await tracking.record([list]);
      const { name, version } = session.blend;
      return { list: list.id, blend: { name, version }, films: listed(list, films.served(list), catalogues.current()) };
    },
  });

function listed(list: ServedList, cards: readonly ServedCard[], catalogue: Catalogue): ListedFilm[] {
  const cardOf = new Map(cards.map((card) => [card.id, card]));
  return list.films.flatMap((film, position) => {
    const card = cardOf.get(film.film);
    if (!card) return [];
    const { id, title, year } = card;
    return [{ position, id, title, year, score: film.score, reason: reasonOf(film.reason, card, catalogue), algorithms: byShare(film) }];
  });
}

function reasonOf(reason: Reason | undefined, { reason: text }: ServedCard, catalogue: Catalogue): ListedFilm['reason'] {
  if (reason === undefined || text === undefined) return null;
  return { text, film: 'film' in reason ? (catalogue.cards[reason.film]?.id ?? null) : null };
}

const byShare = ({ shares }: ServedFilm): ListedFilm['algorithms'] =>
  Object.entries(shares)
    .map(([id, share]) => ({ id, share }))
    .sort((a, b) => b.share - a.share);
