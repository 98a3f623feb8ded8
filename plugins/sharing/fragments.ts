import type { Fragment } from '../../core/http/fragment.ts';
import type { Parts } from './parts.ts';
import { ofFilm, unread } from './store.ts';

/** The way to share on film pages, who recommended the film, and the inbox in the navigation. */
export const fragmentsOver = (parts: Parts): Fragment[] => [
  {
    slot: 'film.actions',
    order: 60,
    template: 'sharing/button',
    load: async ({ account }, films) => new Map(account ? films.map((film) => [film, { film }]) : []),
  },
  {
    slot: 'film.sections',
    order: 10,
    template: 'sharing/on-film',
    async load({ account }, films) {
      if (!account) return new Map();
      const shares = await ofFilm(parts, account.id, films),
        people = await parts.accounts.publicProfiles(shares.map(({ sender }) => sender));
      const of = (film: number): object[] =>
        shares
          .filter((one) => one.film === film)
          .flatMap((one) => {
            const person = people.get(one.sender);
            return person ? [{ ...one, person }] : [];
          });
      return new Map(films.flatMap((film) => (of(film).length > 0 ? [[film, { shares: of(film) }]] : [])));
    },
  },
  {
    slot: 'news',
    order: 870,
    template: 'sharing/nav',
    async load({ account, path }, subjects) {
      if (!account) return new Map();
      const count = await unread(parts, account.id);
      return new Map(subjects.map((subject) => [subject, { count, current: path === '/inbox' }]));
    },
  },
];
