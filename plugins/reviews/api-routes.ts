import { z } from 'zod';
import { apiRoute, type ApiRoute } from '../../core/http/api-route.ts';
import { notFound } from '../../core/errors.ts';
import type { Parts } from './parts.ts';
import { shownReviews } from './shown.ts';
import { ofFilm } from './store.ts';

const Review = z.object({
  id: z.int(),
  author: z.object({ handle: z.string(), name: z.string() }),
  text: z.string(),
  spoiler: z.boolean().describe('It gives the story away: show it only to whoever asks.'),
  stars: z.number().nullable().describe("The author's rating, 0.5 … 5."),
  likes: z.int(),
  comments: z.int(),
  at: z.iso.datetime(),
});

/** Reviews for programs: what a visitor without an account would see, whoever's token it is. */
export const reviewApi = (parts: Parts): ApiRoute[] => [
  apiRoute({
    method: 'get',
    path: '/films/{id}/reviews',
    scope: 'read',
    summary: 'Reviews of a film by people whose profiles are public.',
    params: z.object({ id: z.coerce.number().int().min(1).max(2_147_483_647) }),
    query: z.object({
      order: z.enum(['liked', 'newest']).default('liked'),
      limit: z.coerce.number().int().min(1).max(100).default(20),
      offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
    }),
    response: z.object({ items: z.array(Review), next: z.int().nullable().describe('The offset of what follows; null at the end.') }),
    async handler({ params: { id }, query: { order, limit, offset }, request }) {
      if (!parts.films.exists(id)) throw notFound('film');
      const found = await ofFilm(parts, null, id, order, limit + 1, offset);
      const shown = await shownReviews(parts, found.slice(0, limit), null, request.clock, Infinity);
      return {
        items: shown.map(({ id: review, person: { handle, name }, text, spoiler, stars, likes, comments, at }) => ({
          id: review,
          author: { handle, name },
          text,
          spoiler,
          stars,
          likes,
          comments,
          at: at.toISOString(),
        })),
        next: found.length > limit ? offset + limit : null,
      };
    },
  }),
];
