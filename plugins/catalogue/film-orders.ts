import type { Sql } from '../../core/database/sql.ts';
import type { Logger } from '../../core/log.ts';
import type { Position } from '../../recommend/algorithm.ts';
import type { FilmPage, Slice } from './browse.ts';
import type { CatalogueIndex } from './catalogue-index.ts';
import type { Snapshot } from './load.ts';
import { loadStanding, type Standing } from './standing.ts';

/** Orders that viewers may choose. */
export type Order = 'popular' | 'rating' | 'year' | 'title';
type Key = (film: Position) => number;

/** What the films are ordered by, largest first. The rating is damped as if ten more viewers had given three stars. */
const keys: Record<Order, (snapshot: Snapshot, standing: Standing) => Key> = {
  popular:
    (_, { ratings }) =>
    (film) =>
      ratings[film] ?? 0,
  rating:
    (_, { ratings, stars }) =>
    (film) =>
      ((stars[film] ?? 0) + 30) / ((ratings[film] ?? 0) + 10),
  year:
    ({ cards }) =>
    (film) =>
      cards[film]!.year ?? 0,
  title:
    ({ alphabetical }) =>
    (film) =>
      -alphabetical[film]!,
};

/** Milliseconds after which ratings of others count in the orders. */
const freshFor = 60_000;

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

  /** Positions of all films that viewers may see, or of those of one genre. */
  of(order: Order, genre?: string): Int32Array {
    this.#keepFresh();
    const name = `${order} ${genre}`,
      films = this.#orders.get(name) ?? this.#sorted(order, genre);
    this.#orders.set(name, films);
    return films;
  }

  /** The slice asked for, or the last one when there are fewer pages. */
  page(order: Order, { page, size }: Slice, genre?: string): FilmPage {
    const films = this.of(order, genre),
      pages = Math.max(1, Math.ceil(films.length / size)),
      at = Math.min(page, pages);
    return { ids: this.#ids(films.subarray((at - 1) * size, at * size)), total: films.length, page: at, pages };
  }

  /** The best known films of a genre. */
  best(genre: string, count: number): number[] {
    return this.#ids(this.of('popular', genre).subarray(0, count));
  }

  #ids(films: Int32Array): number[] {
    return Array.from(films, (film) => this.#snapshot!.cards[film]!.id);
  }

  #sorted(order: Order, genre: string | undefined): Int32Array {
    const { cards } = this.#snapshot!,
      key = keys[order](this.#snapshot!, this.#standing);
    const films = [...cards.keys()].filter((film) => !cards[film]!.hidden && (genre === undefined || cards[film]!.genres.includes(genre)));
    return Int32Array.from(films).sort((a, b) => key(b) - key(a) || a - b);
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
