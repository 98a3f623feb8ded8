import { z } from 'zod';
import { apiRoute, type ApiRoute } from '../../core/http/api-route.ts';
import { notFound } from '../../core/errors.ts';
import { Privacy } from '../social/api.ts';
import { shown, sightOf, type Parts } from './parts.ts';
import { itemsOf, listById, publicLists } from './store.ts';

const List = z.object({
  id: z.int(),
  name: z.string(),
  description: z.string(),
  owner: z.object({ handle: z.string(), name: z.string() }),
  films: z.int().describe('how many it holds'),
  likes: z.int(),
  changed: z.iso.datetime(),
});
const Entry = z.object({ film: z.int(), title: z.string(), year: z.int().nullable(), note: z.string() });

const id = z.coerce.number().int().min(1).max(2_147_483_647);
const slice = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
const next = z.int().nullable().describe('The offset of what follows; null at the end.');

/** Lists for programs: what a visitor without an account would see, whoever's token it is. */
export const listApi = (parts: Parts): ApiRoute[] => [all(parts), one(parts)];

type Shown = Awaited<ReturnType<typeof shown>>[number];
const asList = ({ id: list, name, description, owner, films, likes, updated_at: changed }: Shown): z.output<typeof List>[] =>
  owner ? [{ id: list, name, description, owner: { handle: owner.handle, name: owner.name }, films, likes, changed: changed.toISOString() }] : [];

const all = (parts: Parts): ApiRoute =>
  apiRoute({
    method: 'get',
    path: '/film-lists',
    scope: 'read',
    summary: 'Public lists of people whose profiles are public.',
    query: slice.extend({ order: z.enum(['popular', 'newest']).default('popular') }),
    response: z.object({ items: z.array(List), next }),
    async handler({ query: { order, limit, offset } }) {
      const found = await publicLists(parts.sql, null, sightOf(parts), order, { limit: limit + 1, offset });
      return { items: (await shown(parts, found.slice(0, limit))).flatMap(asList), next: found.length > limit ? offset + limit : null };
    },
  });

const one = (parts: Parts): ApiRoute =>
  apiRoute({
    method: 'get',
    path: '/film-lists/{id}',
    scope: 'read',
    summary: 'A public list with its films, in their order.',
    params: z.object({ id }),
    query: slice,
    response: List.extend({ items: z.array(Entry), next }),
    async handler({ params, query: { limit, offset } }) {
      const found = await listById(parts.sql, null, sightOf(parts), params.id);
      const [list] = (await shown(parts, [found])).flatMap(asList);
      if (!list || !found.public || !(await parts.find(Privacy)?.canSee(null, found.account, 'activity'))) throw notFound('list');
      const rows = await itemsOf(parts.sql, list.id, { limit: limit + 1, offset }),
        cards = await parts.films.cards(rows.map(({ film }) => film));
      const items = rows.slice(0, limit).flatMap(({ film, note }) => {
        const card = cards.get(film);
        return card ? [{ film, title: card.title, year: card.year, note }] : [];
      });
      return { ...list, items, next: rows.length > limit ? offset + limit : null };
    },
  });
