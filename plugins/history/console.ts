import type { ConsoleResource } from '../../core/console/part.ts';

export const ratingResource: ConsoleResource = {
  id: 'rating',
  table: 'rating_entry',
  title: 'Ratings',
  group: 'People',
  fields: {
    viewer: { type: 'string' },
    film: { type: 'integer', reference: 'film' },
    stars: { type: 'number' },
    rated_at: { type: 'date', title: 'Rated' },
  },
  allow: { list: 'manager' },
};
