import type { Sql } from '../../core/database/sql.ts';
import type { CatalogueReader } from '../../recommend/ports.ts';
import { loadCatalogue, type KnownFilm, type Snapshot } from './load.ts';

/** All films in memory, replaced as a whole when something changed. */
export class CatalogueIndex implements CatalogueReader {
  readonly #sql: Sql;
  #snapshot: Snapshot;
  #loading: Promise<void> | undefined;
  #stale = false;

  private constructor(sql: Sql, snapshot: Snapshot) {
    this.#sql = sql;
    this.#snapshot = snapshot;
  }

  static async open(sql: Sql): Promise<CatalogueIndex> {
    return new CatalogueIndex(sql, await loadCatalogue(sql));
  }

  current(): Snapshot {
    return this.#snapshot;
  }

  /** The film, hidden or not. */
  film(id: number): KnownFilm | undefined {
    const position = this.#snapshot.position(id);
    return position === undefined ? undefined : this.#snapshot.cards[position];
  }

  /** The films with these ids that viewers may see, in the same order. */
  visible(ids: readonly number[]): KnownFilm[] {
    return ids.map((id) => this.film(id)).filter((film) => film !== undefined && !film.hidden) as KnownFilm[];
  }

  /** Loads again. Calls during a load are answered by one more load after it, however many they are. */
  refresh(): Promise<void> {
    this.#stale = true;
    return (this.#loading ??= this.#reload().finally(() => {
      this.#loading = undefined;
    }));
  }

  async #reload(): Promise<void> {
    while (this.#stale) {
      this.#stale = false;
      this.#snapshot = await loadCatalogue(this.#sql);
    }
  }
}
