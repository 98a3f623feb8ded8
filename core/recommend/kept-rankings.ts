import type { Ranking } from './3-blend.ts';

/** Numbers that all kept rankings may hold together: 32 MB. */
const most = 8_000_000;

/**
 * Rankings that were asked for last: of the films like another one, which do not depend on who asks, and of a viewer who
 * did nothing that counts since the last page.
 */
export class KeptRankings {
  readonly #kept = new Map<string, Ranking>();
  #basis: readonly unknown[] = [];

  /**
   * @param basis the catalogue and the models: when one is replaced, everything is worked out anew
   * @param key all else that the ranking rests on
   */
  of(basis: readonly unknown[], key: unknown, make: () => Ranking): Ranking {
    if (basis.length !== this.#basis.length || basis.some((part, i) => part !== this.#basis[i])) this.#kept.clear();
    this.#basis = basis;
    const name = JSON.stringify(key),
      ranking = this.#kept.get(name) ?? make();
    this.#kept.delete(name);
    this.#kept.set(name, ranking);
    if (this.#kept.size * (ranking.scores.length + 1) * ranking.blended.length > most) this.#kept.delete(this.#kept.keys().next().value!);
    return ranking;
  }
}
