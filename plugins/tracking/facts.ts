import { unpackInt4 } from '../../core/database/packed.ts';
import type { Sql } from '../../core/database/sql.ts';
import type { Catalogue, CatalogueReader } from '../../recommend/ports.ts';
import type { ServedList } from '../../recommend/served.ts';

/** What is noted of a list when it is served: later, films are known differently, and a page's time is forgotten. */
export interface ListFacts {
  /** −log2 of the film's share of all ratings, in bits, mean over the list; null where nothing was rated yet */
  readonly novelty: number | null;
  /** 1 − cosine of the genres of two films, mean over all pairs of the list; null below two films */
  readonly diversity: number | null;
  /** milliseconds from the beginning of the page's recommendations to this moment; null where there were none */
  readonly milliseconds: number | null;
}

/** After so long, how popular films are is read anew. */
const fresh = 600_000;

/** Measures lists with what is in memory; only every ten minutes it asks the database how often films were rated. */
export class FactsOfLists {
  readonly #sql: Sql;
  readonly #catalogues: CatalogueReader;
  readonly #genres = new WeakMap<Catalogue, readonly Uint32Array[]>();
  #bits = new Float32Array();
  #readAt = -Infinity;

  constructor(sql: Sql, catalogues: CatalogueReader) {
    this.#sql = sql;
    this.#catalogues = catalogues;
  }

  /** How many bits a film's position tells, by position. */
  async refresh(): Promise<void> {
    this.#readAt = performance.now();
    const row = await this.#sql.one<{ ratings: Buffer }>(
      `select coalesce(string_agg(int4send(rating_count), '' order by id), '') as ratings from film`,
    );
    const ratings = row ? unpackInt4(row.ratings) : new Int32Array();
    const total = ratings.reduce((sum, n) => sum + n, 0);
    // A film that nobody rated counts as one that was rated once: new is not infinitely new.
    this.#bits = Float32Array.from(ratings, (n) => (total > 0 ? -Math.log2(Math.max(n, 1) / total) : NaN));
  }

  /** Whether `refresh` is due; between two, new films count for nothing. */
  get stale(): boolean {
    return performance.now() - this.#readAt > fresh;
  }

  of({ films, opened }: ServedList): ListFacts {
    const catalogue = this.#catalogues.current();
    return {
      novelty: mean(films.map(({ position }) => this.#bits[position] ?? NaN).filter((bits) => !Number.isNaN(bits))),
      diversity: pairwise(films.map(({ position }) => this.#genresOf(catalogue)[position] ?? none)),
      milliseconds: opened === undefined ? null : performance.now() - opened,
    };
  }

  /** Genres of each film as numbers, by position. */
  #genresOf(catalogue: Catalogue): readonly Uint32Array[] {
    const known = this.#genres.get(catalogue);
    if (known) return known;
    const numbers = new Map<string, number>();
    const number = (genre: string): number => numbers.get(genre) ?? numbers.set(genre, numbers.size).size - 1;
    const made = catalogue.cards.map(({ genres }) => Uint32Array.from(genres, number));
    this.#genres.set(catalogue, made);
    return made;
  }
}

const none = new Uint32Array();
const mean = (values: readonly number[]): number | null => (values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null);

function pairwise(films: readonly Uint32Array[]): number | null {
  let [sum, pairs] = [0, 0];
  for (let i = 1; i < films.length; i++)
    for (let j = 0; j < i; j++, pairs++) {
      const [a, b] = [films[i]!, films[j]!];
      let common = 0;
      for (const genre of a) if (b.includes(genre)) common++;
      if (common > 0) sum += common / Math.sqrt(a.length * b.length);
    }
  return pairs > 0 ? 1 - sum / pairs : null;
}
