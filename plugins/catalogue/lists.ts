import { randomUUID } from 'node:crypto';
import type { ServedFilm, ServedList, ServedReason } from '../../recommend/served.ts';
import type { ServedCard } from './api.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import type { KnownFilm } from './load.ts';

/** Where a click on a film in a list leads: it is counted, then the film's page opens. */
const counted = (list: ServedList, index: number): string => `/go/${list.id}/${index}`;

/** The cards of a list, each with its reason as a sentence. */
export function cardsOf(list: ServedList, index: CatalogueIndex): ServedCard[] {
  return list.films.flatMap(({ film, reason }, place) => {
    const known = index.film(film);
    return known ? [cardOf(known, counted(list, place), sentence(reason, index))] : [];
  });
}

/** What a card shows; any spreading would take most of the time that a page's cards take. */
const cardOf = (
  { id, title, year, runtime, hidden, genres, directors, poster }: KnownFilm,
  href: string,
  reason: string | undefined,
): ServedCard => ({
  id,
  title,
  year,
  runtime,
  hidden,
  genres,
  directors,
  poster,
  href,
  reason,
});

/** For rows whose heading is the reason of every film in them. */
export const withoutReasons = (list: ServedList): ServedList => ({ ...list, films: list.films.map((film) => ({ ...film, reason: undefined })) });

/** A film that made less of the score than this is named without its share: of a long history none makes much. */
const telling = 0.1;

function sentence(reason: ServedReason | undefined, index: CatalogueIndex): string | undefined {
  if (reason === undefined || 'text' in reason) return reason?.text;
  const film = index.current().cards[reason.film];
  if (!film) return undefined;
  const { title } = film,
    share = reason.share < telling ? undefined : Math.round(reason.share * 100);
  if (share === undefined) return reason.unseen ? `Because of ${title}` : `Because you liked ${title}`;
  return reason.unseen ? `Because of ${title} (${share} %)` : `Because you liked ${title} (${share} %)`;
}

export interface Browsed {
  readonly unit: number;
  readonly at: Date;
  /** "genre", "search" … */
  readonly surface: string;
  readonly films: readonly KnownFilm[];
}

/** A list that the viewer asked for by name, not a recommendation: it belongs to no blend and no experiment. */
export function browsedList({ unit, at, surface, films }: Browsed, index: CatalogueIndex): ServedList {
  const { position } = index.current();
  const served = films.map(({ id }): ServedFilm => ({
    film: id,
    position: position(id)!,
    score: 0,
    algorithm: 'browse',
    shares: {},
    reason: undefined,
  }));
  return { id: randomUUID(), unit, surface, at, blendVersion: undefined, assignments: [], films: served };
}
