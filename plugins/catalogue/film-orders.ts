import type { Sql } from '../../core/database/sql.ts';
import type { Logger } from '../../core/log.ts';
import { topK } from '../../math/top-k.ts';
import type { Position } from '../../recommend/algorithm.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import type { Snapshot } from './load.ts';
import { everything, type Selection } from './selections.ts';
import { loadStanding, type Standing } from './standing.ts';

/** Orders that viewers may choose. */
export const orders = ['popular', 'rating', 'year', 'title'] as const;
export type Order = (typeof orders)[number];
type Key = (film: Position) => number;
/** A page of film ids, and how many there are on all pages. */
export interface FilmPage {
  readonly ids: readonly number[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}
export interface Slice {
  readonly page: number;
  readonly size: number;
}
export interface Rated {
  readonly ratings: number;
  /** stars, damped */
  readonly mean: number;
}

/** As if so many more viewers had rated each film, and given so many stars: a single rating does not lead a list. */
export const damping = { ratings: 10, stars: 3 } as const;

/** The damped mean: (sum of stars + 10 × 3) / (ratings + 10). */
const damped = (stars: number, ratings: number): number => (stars + damping.ratings * damping.stars) / (ratings + damping.ratings);

/** What the films are ordered by, largest first. */
const keys: Record<Order, (snapshot: Snapshot, standing: Standing) => Key> = {
  popular:
    (_, { ratings }) =>
    (film) =>
      ratings[film] ?? 0,
  rating:
    (_, { ratings, stars }) =>
    (film) =>
      damped(stars[film] ?? 0, ratings[film] ?? 0),
  year:
    ({ cards }) =>
    (film) =>
      cards[film]!.year ?? 0,
  title:
    ({ alphabetical }) =>
    (film) =>
      -alphabetical[film]!,
};

/** What being well known adds to the score of a film, a logarithm of its ratings at a time. */
const fame = 0.02;

/** Milliseconds after which ratings of others count in the orders. */
const freshFor = 60_000;
/** Orders that are kept at once; with more, those that come last are worked out each time. */
const mostKept = 500;

/** Films in the orders that viewers browse them in, worked out once a minute at most. */
export class FilmOrders {
  readonly #sql: Sql;
  readonly #index: CatalogueIndex;
  readonly #log: Logger;
  readonly #orders = new Map<string, Int32Array>();
  #snapshot: Snapshot | undefined;
  #standing!: Standing;
  #readAt = 0;

  constructor(sql: Sql, index: CatalogueIndex, log: Logger) {
    this.#sql = sql;
    this.#index = index;
    this.#log = log;
  }

  /** Positions of all films that viewers may see, or of some of them. */
  of(order: Order, some?: Selection): Int32Array {
    this.#keepFresh();
    if (some && some.name === undefined) {
      const fitting = this.#mask(some);
      return those(this.of(order), (film) => fitting[film] === 1);
    }
    const name = `${order} ${some?.name}`,
      films = this.#orders.get(name) ?? this.#sorted(order, some);
    if (this.#orders.size < mostKept) this.#orders.set(name, films);
    return films;
  }

  /** The slice asked for, or the last one when there are fewer pages. */
  page(order: Order, slice: Slice, some?: Selection): FilmPage {
    return this.slice(this.of(order, some), slice);
  }

  /** @param films positions */
  slice(films: Int32Array, { page, size }: Slice, total = films.length): FilmPage {
    const pages = Math.max(1, Math.ceil(total / size)),
      at = Math.min(page, pages);
    return { ids: this.#ids(films.subarray((at - 1) * size, at * size)), total, page: at, pages };
  }

  /** The best known films of some. */
  best(some: Selection, count: number): number[] {
    return this.#ids(this.of('popular', some).subarray(0, count));
  }

  /**
   * Films in the order of their scores, to which being well known adds a little.
   * @param scores by position, NaN for what is not meant; they are changed
   * @param share of the best score that a film must have
   */
  scored(scores: Float32Array, slice: Slice, some: Selection = everything, share = 0): FilmPage {
    this.#keepFresh();
    const fits = this.#fitting(some),
      { ratings } = this.#standing;
    let best = 0,
      total = 0;
    for (let film = 0; film < scores.length; film++) {
      if (Number.isNaN(scores[film]!)) continue;
      scores[film] = fits(film) ? scores[film]! + fame * Math.log1p(ratings[film] ?? 0) : Number.NaN;
      if (scores[film]! > best) best = scores[film]!;
    }
    for (let film = 0; film < scores.length; film++) if (scores[film]! >= share * best) total++;
    const films = new Int32Array(Math.min(total, slice.page * slice.size));
    topK(scores, films);
    return this.slice(films, slice, total);
  }

  /** Those of the films that enough viewers rated. */
  known(films: Int32Array, least: number): Int32Array {
    const { ratings } = this.#standing;
    return those(films, (film) => (ratings[film] ?? 0) >= least);
  }

  /** How many ratings a film has, and what they are worth, damped. */
  rated(film: Position): Rated {
    this.#keepFresh();
    const { ratings, stars } = this.#standing,
      count = ratings[film] ?? 0;
    return { ratings: count, mean: damped(stars[film] ?? 0, count) };
  }

  /** The same for films together, damped like a single one. */
  ratedTogether(films: readonly Position[]): Rated {
    this.#keepFresh();
    const { ratings, stars } = this.#standing,
      sum = (of: Int32Array | Float32Array): number => films.reduce((all, film) => all + (of[film] ?? 0), 0);
    return { ratings: sum(ratings), mean: damped(sum(stars), sum(ratings)) };
  }

  #ids(films: Int32Array): number[] {
    return Array.from(films, (film) => this.#snapshot!.cards[film]!.id);
  }

  #sorted(order: Order, some: Selection = everything): Int32Array {
    const key = keys[order](this.#snapshot!, this.#standing);
    return those(this.#snapshot!.cards.keys(), this.#fitting(some)).sort((a, b) => key(b) - key(a) || a - b);
  }

  /** Whether viewers may see a film, and it fits. */
  #fitting(some: Selection): (film: Position) => boolean {
    const { cards } = this.#snapshot!,
      { ratings, stars } = this.#standing,
      { stars: least } = some;
    return (film) => !cards[film]!.hidden && some.has(cards[film]!) && (least === undefined || damped(stars[film] ?? 0, ratings[film] ?? 0) >= least);
  }

  /** 1 for each film that fits. Films are asked in the order in which they lie in memory: in any other one it takes five times as long. */
  #mask(some: Selection): Uint8Array {
    const fits = this.#fitting(some),
      mask = new Uint8Array(this.#snapshot!.cards.length);
    for (let film = 0; film < mask.length; film++) if (fits(film)) mask[film] = 1;
    return mask;
  }

  /** Nobody waits for new ratings: who comes after a minute still gets the old orders. */
  #keepFresh(): void {
    const snapshot = this.#index.current();
    if (snapshot !== this.#snapshot) return this.#use(snapshot, snapshot.standing);
    if (performance.now() - this.#readAt < freshFor) return;
    this.#readAt = performance.now();
    loadStanding(this.#sql).then(
      (standing) => this.#snapshot === snapshot && this.#use(snapshot, standing),
      (error: unknown) => this.#log.warn('the order of films could not be brought up to date', { error: (error as Error).message }),
    );
  }

  #use(snapshot: Snapshot, standing: Standing): void {
    this.#snapshot = snapshot;
    this.#standing = standing;
    this.#readAt = performance.now();
    this.#orders.clear();
  }
}

/** Typed arrays' own filter takes ten times as long. */
function those(films: Iterable<Position>, fits: (film: Position) => boolean): Int32Array {
  const found: Position[] = [];
  for (const film of films) if (fits(film)) found.push(film);
  return Int32Array.from(found);
}
