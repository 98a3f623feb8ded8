import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import { read } from '../../../core/http/form.ts';
import type { HistoryReader } from '../../../recommend/ports.ts';
import { Stars, type HistoryService, type Mark, type RatedFilm, type Slice } from '../../../plugins/history/api.ts';
import type { FakeFilms } from './films.ts';
import type { FakePeople } from './people.ts';

interface Entry extends Mark {
  readonly unit: number;
  readonly film: number;
  readonly at: Date;
}
const isMarked = ({ stars, watched, dismissed }: Entry): boolean => stars !== null || watched || dismissed;

/** What units did, in memory, with the refusals of the real history. */
export class FakeHistory implements HistoryService {
  readonly #films: FakeFilms;
  readonly #people: FakePeople;
  readonly #entries = new Map<string, Entry>();
  constructor(films: FakeFilms, people: FakePeople) {
    this.#films = films;
    this.#people = people;
  }

  /** the same facts, as the recommender reads them */
  readonly reader: HistoryReader = {
    of: async (unit) => {
      const own = [...this.#entries.values()].filter((entry) => entry.unit === unit);
      return {
        films: own.filter(({ stars, watched }) => stars !== null || watched).map(({ film, stars, at }) => ({ film, stars, at: at.getTime() / 1000 })),
        dismissed: own.filter(({ dismissed }) => dismissed).map(({ film }) => film),
      };
    },
  };

  async rate(unit: number, film: number, typed: unknown, at: Date): Promise<void> {
    const { stars } = read(z.object({ stars: Stars }), { stars: typeof typed === 'string' && typed.trim() !== '' ? Number(typed) : typed });
    this.#put(unit, film, { stars, at });
  }
  async watch(unit: number, film: number, at: Date): Promise<void> {
    this.#put(unit, film, { watched: true, at });
  }
  async dismiss(unit: number, film: number, at: Date): Promise<void> {
    this.#put(unit, film, { dismissed: true, at });
  }
  async unrate(unit: number, film: number): Promise<void> {
    this.#put(unit, film, { stars: null });
  }
  async unwatch(unit: number, film: number): Promise<void> {
    this.#put(unit, film, { watched: false });
  }
  async undismiss(unit: number, film: number): Promise<void> {
    this.#put(unit, film, { dismissed: false });
  }

  async of(unit: number, films: readonly number[]): Promise<ReadonlyMap<number, Mark>> {
    const own = [...this.#entries.values()].filter((entry) => entry.unit === unit && films.includes(entry.film) && isMarked(entry));
    return new Map(own.map(({ film, stars, watched, dismissed }) => [film, { stars, watched, dismissed }]));
  }
  async ratings(units: readonly number[], { limit, offset = 0 }: Slice): Promise<readonly RatedFilm[]> {
    return [...this.#entries.values()]
      .flatMap(({ unit, film, stars, at }) => (stars !== null && units.includes(unit) && this.#films.exists(film) ? [{ unit, film, stars, at }] : []))
      .sort((a, b) => b.at.getTime() - a.at.getTime() || b.film - a.film)
      .slice(offset, offset + limit);
  }
  async unit(name: string): Promise<number | undefined> {
    const visitor = /^visitor:([\w-]{8,100})$/.exec(name)?.[1];
    if (visitor !== undefined) return this.#people.unit({ visitor });
    const account = /^\d+$/.test(name) ? await this.#people.account(Number(name)) : await this.#people.byHandle(name);
    return account && this.#people.unit({ account: account.id });
  }

  /** As in the database: doing needs a film that viewers may see, undoing one that exists. */
  #put(unit: number, film: number, change: Partial<Mark> & { readonly at?: Date }): void {
    if (change.at ? !this.#films.exists(film) : this.#films.current().position(film) === undefined) throw notFound('film');
    const key = `${unit} ${film}`,
      old = this.#entries.get(key) ?? { unit, film, stars: null, watched: false, dismissed: false, at: new Date(0) };
    this.#entries.set(key, { ...old, ...change });
  }
}
