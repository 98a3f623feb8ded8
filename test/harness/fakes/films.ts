import type { Catalogue, CatalogueReader } from '../../../recommend/ports.ts';
import type { ServedList } from '../../../recommend/served.ts';
import type { FilmsService, FilmSummary, ServedCard } from '../../../plugins/catalogue/api.ts';

const film = (id: number, hidden: boolean): FilmSummary => ({
  id,
  title: `Film ${id}`,
  year: 1980 + id,
  runtime: 90 + id,
  genres: ['Drama'],
  directors: [],
  hidden,
  href: `/film/${id}`,
  poster: `/poster/${id}.svg`,
});

/** Films with the ids 1 … count. */
export class FakeFilms implements FilmsService, CatalogueReader {
  readonly #films: readonly FilmSummary[];

  constructor(count: number, hidden: readonly number[] = []) {
    this.#films = Array.from({ length: count }, (_, position) => film(position + 1, hidden.includes(position + 1)));
  }

  current(): Catalogue {
    return {
      size: this.#films.length,
      cards: this.#films.map((card) => ({ ...card, traits: Int32Array.of(card.id) })),
      visible: Uint8Array.from(this.#films, ({ hidden }) => (hidden ? 0 : 1)),
      position: (id) => (this.#films[id - 1] ? id - 1 : undefined),
    };
  }
  async cards(ids: readonly number[]): Promise<ReadonlyMap<number, FilmSummary>> {
    return new Map(this.#films.filter(({ id }) => ids.includes(id)).map((card) => [card.id, card]));
  }
  exists(id: number): boolean {
    return this.#films[id - 1]?.hidden === false;
  }
  async search(text: string, limit: number): Promise<readonly FilmSummary[]> {
    return this.#films.filter(({ title, hidden }) => !hidden && title.toLowerCase().includes(text.toLowerCase())).slice(0, limit);
  }
  served({ id: list, films }: ServedList): readonly ServedCard[] {
    return films.map(({ film: id, reason }, place) => {
      const text = reason && ('text' in reason ? reason.text : `Because you liked ${this.#films[reason.film]!.title}`);
      return { ...this.#films[id - 1]!, href: `/go/${list}/${place}`, reason: text };
    });
  }
}
