import type { Fragment } from '../../core/http/fragment.ts';
import type { Parts } from './parts.ts';
import { shownReviews } from './shown.ts';
import { countOfAuthor, ofFilm, own, ownId, some } from './store.ts';

const onFilm = 4;
/** characters of a review that stands among other news */
const inFeed = 280;

/** Reviews on a film's page and in what people did, the tab on profiles. */
export const fragmentsOver = (parts: Parts): Fragment[] => [
  {
    slot: 'film.sections',
    order: 30,
    template: 'reviews/on-film',
    async load({ account, clock }, films) {
      const reader = account?.id ?? null;
      const of = async (film: number): Promise<[number, object]> => {
        const [found, mine] = await Promise.all([
          ofFilm(parts, reader, film, 'liked', onFilm + 1),
          reader === null ? undefined : own(parts, reader, film),
        ]);
        return [film, { film, reviews: await shownReviews(parts, found.slice(0, onFilm), reader, clock), more: found.length > onFilm, mine }];
      };
      return new Map(await Promise.all(films.map(of)));
    },
  },
  {
    slot: 'film.actions',
    order: 45,
    template: 'reviews/film-button',
    async load({ account }, films) {
      if (!account) return new Map();
      return new Map(await Promise.all(films.map(async (film) => [film, { film, mine: await ownId(parts, account.id, film) }] as const)));
    },
  },
  {
    slot: 'feed.reviews',
    template: 'reviews/in-feed',
    async load({ account, clock }, ids) {
      const reader = account?.id ?? null;
      const reviews = ids.length === 0 ? [] : await shownReviews(parts, await some(parts, reader, ids), reader, clock, inFeed);
      return new Map(reviews.map((review) => [review.id, review]));
    },
  },
  {
    slot: 'profile.tabs',
    order: 20,
    template: 'reviews/tab',
    async load({ account, path }, people) {
      const profiles = await parts.accounts.publicProfiles(people);
      const tab = async (id: number): Promise<[number, object]> => [
        id,
        { handle: profiles.get(id)?.handle, count: await countOfAuthor(parts, account?.id ?? null, id), current: path.endsWith('/reviews') },
      ];
      return new Map(await Promise.all(people.map(tab)));
    },
  },
];
