import type { Fragment } from '../../core/http/fragment.ts';
import { askedOnce } from '../catalogue/api.ts';
import type { Parts } from './parts.ts';
import { shownReviews } from './shown.ts';
import { countOfAuthor, ofFilm, ownIds, some } from './store.ts';

const onFilm = 4;
/** characters of a review that stands among other news */
const inFeed = 280;

/** Reviews on a film's page and in what people did, the tab on profiles. */
export function fragmentsOver(parts: Parts): Fragment[] {
  const mineOf = askedOnce<ReadonlyMap<number, number>>(async ({ account }, films) => (account ? ownIds(parts, account.id, films) : new Map()));
  return [
    {
      slot: 'film.sections',
      order: 30,
      template: 'reviews/on-film',
      async load(request, films) {
        const { account, clock } = request,
          reader = account?.id ?? null;
        const of = async (film: number): Promise<[number, object]> => {
          const [found, mine] = await Promise.all([ofFilm(parts, reader, film, 'liked', onFilm + 1), mineOf(request, [film])]);
          const reviews = await shownReviews(parts, found.slice(0, onFilm), reader, clock);
          return [film, { film, reviews, more: found.length > onFilm, mine: mine.get(film) }];
        };
        return new Map(await Promise.all(films.map(of)));
      },
    },
    {
      slot: 'film.actions',
      order: 45,
      template: 'reviews/film-button',
      async load(request, films) {
        if (!request.account) return new Map();
        const mine = await mineOf(request, films);
        return new Map(films.map((film) => [film, { film, mine: mine.get(film) }]));
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
}
