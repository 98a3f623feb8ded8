import type { Profile } from '../accounts/api.ts';
import type { FilmSummary } from '../catalogue/api.ts';
import type { StoredComment } from './comments.ts';
import type { Parts } from './parts.ts';
import type { StoredReview } from './store.ts';
import { mayLink, pieces, type Piece } from './text.ts';

export interface ShownReview extends Omit<StoredReview, 'film'> {
  readonly person: Profile;
  readonly film: FilmSummary;
  readonly pieces: readonly Piece[];
  readonly own: boolean;
  /** "some thousand characters" are too much for a page of many */
  readonly long: boolean;
}
const longText = 700;
/** Whole words, and no half of a character that takes two places. */
const beginning = (text: string, most: number): string => text.slice(0, most).replace(/\s+\S*$|[\uD800-\uDBFF]$/, '');

/** Reviews with their authors and films. `most`: so many characters of each, because on a page of many each shows its beginning. */
export async function shownReviews(
  parts: Parts,
  reviews: readonly StoredReview[],
  reader: number | null,
  now: Date,
  most = longText,
): Promise<ShownReview[]> {
  const [people, films] = await Promise.all([
    parts.accounts.publicProfiles([...new Set(reviews.map(({ author }) => author))]),
    parts.films.cards([...new Set(reviews.map(({ film }) => film))]),
  ]);
  return reviews.flatMap((review) => {
    const person = people.get(review.author),
      film = films.get(review.film);
    if (!person || !film || film.hidden) return [];
    const long = review.text.length > most;
    const text = long ? `${beginning(review.text, most)} …` : review.text;
    return [{ ...review, person, film, pieces: pieces(text, mayLink(person.joined, parts.linkDays, now)), own: review.author === reader, long }];
  });
}

/** Comments with their authors, and what the reader may do with each. */
export async function shownComments(
  parts: Parts,
  comments: readonly StoredComment[],
  reader: number | null,
  now: Date,
  deepest: number,
): Promise<object[]> {
  const people = await parts.accounts.publicProfiles([...new Set(comments.map(({ author }) => author))]);
  return comments.map((comment) => {
    const person = comment.gone ? undefined : people.get(comment.author);
    if (!person) return { ...comment, gone: true, text: '' };
    return {
      ...comment,
      person,
      pieces: pieces(comment.text, mayLink(person.joined, parts.linkDays, now)),
      own: comment.author === reader,
      answerable: reader !== null && comment.depth < deepest,
    };
  });
}
