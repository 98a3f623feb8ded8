import type { Fragment } from '../../core/http/fragment.ts';
import { readerOf, shown, sightOf, type Parts } from './parts.ts';
import { listsOf, listsWith, membership } from './store.ts';

const onFilm = 6,
  onProfile = 6;
type Found = Promise<ReadonlyMap<number, object>>;

/** Where lists stand on others' pages. */
export const fragmentsOver = (parts: Parts): Fragment[] => [
  {
    slot: 'film.actions',
    order: 40,
    template: 'lists/add',
    async load({ account }, films): Found {
      if (!account) return new Map();
      return new Map(
        await Promise.all(
          films.map(async (film) => {
            const lists = await membership(parts.sql, account.id, film);
            return [film, { film, lists, on: lists.filter(({ has }) => has).length }] as const;
          }),
        ),
      );
    },
  },
  {
    slot: 'film.sections',
    order: 200,
    template: 'lists/with',
    async load(request, films): Found {
      const found = await Promise.all(
        films.map(async (film) => [film, await listsWith(parts.sql, readerOf(request), sightOf(parts), film, onFilm)] as const),
      );
      return new Map(
        await Promise.all(
          found.filter(([, lists]) => lists.length > 0).map(async ([film, lists]) => [film, { lists: await shown(parts, lists) }] as const),
        ),
      );
    },
  },
  {
    // Social asks for this only where the reader may see what the person does.
    slot: 'profile.sections',
    order: 150,
    template: 'lists/profile',
    async load(request, accounts): Found {
      const found = await Promise.all(
        accounts.map(async (account) => [account, await listsOf(parts.sql, readerOf(request), sightOf(parts), account)] as const),
      );
      return new Map(
        await Promise.all(
          found
            .filter(([, lists]) => lists.length > 0)
            .map(async ([account, lists]) => [account, { lists: await shown(parts, lists.slice(0, onProfile)) }] as const),
        ),
      );
    },
  },
  tab('browse.tabs', 'lists/browse-tab', '/lists'),
  tab('own.tabs', 'lists/own-tab', '/lists/mine'),
];

const tab = (slot: string, template: string, address: string): Fragment => ({
  slot,
  order: 20,
  template,
  load: async ({ path }, subjects) => new Map(subjects.map((subject) => [subject, { current: path === address }])),
});
