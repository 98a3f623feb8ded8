import type { ConsoleResource } from '../../core/console/part.ts';

const group = 'Catalogue',
  notify = 'catalogue';
const allow = { list: 'manager', new: 'manager', edit: 'manager' } as const;

/** Films are hidden, never deleted: their places in the trained models must stay. The view writes their lists, too. */
const films: ConsoleResource = {
  id: 'film',
  table: 'film_entry',
  title: 'Films',
  group,
  notify,
  allow,
  fields: {
    id: { type: 'integer', title: 'Id' },
    title: { type: 'string', title: 'Title', editable: true, required: true },
    year: { type: 'integer', title: 'Year', editable: true, min: 1870, max: 2100 },
    runtime: { type: 'integer', title: 'Minutes', editable: true, min: 1, max: 2000 },
    country: { type: 'string', title: 'Country', editable: true, list: false },
    plot: { type: 'text', title: 'Plot', editable: true, list: false },
    genres: { type: 'list', title: 'Genres', editable: true, list: false },
    directors: { type: 'list', title: 'Directors', editable: true, list: false },
    cast: { type: 'list', title: 'Cast, as “name as role”', editable: true, list: false },
    keywords: { type: 'list', title: 'Keywords', editable: true, list: false },
    hidden: { type: 'boolean', title: 'Hidden', editable: true },
    rating_count: { type: 'integer', title: 'Ratings' },
    movielens_id: { type: 'integer', title: 'MovieLens id', list: false },
    updated_at: { type: 'date', title: 'Changed' },
  },
};
const people: ConsoleResource = {
  id: 'person',
  title: 'Cast and directors',
  group,
  notify,
  allow: { ...allow, delete: 'admin' },
  fields: {
    id: { type: 'integer', title: 'Id' },
    name: { type: 'string', title: 'Name', editable: true, required: true },
    updated_at: { type: 'date', title: 'Changed' },
  },
};
const genres: ConsoleResource = {
  id: 'genre',
  title: 'Genres',
  group,
  notify,
  allow: { ...allow, delete: 'admin' },
  fields: {
    id: { type: 'integer', title: 'Id' },
    name: { type: 'string', title: 'Name', editable: true, required: true },
    slug: { type: 'string', title: 'In addresses' },
    updated_at: { type: 'date', title: 'Changed' },
  },
};

export const resources: readonly ConsoleResource[] = [films, people, genres];
