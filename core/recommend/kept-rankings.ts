import type { Ranking } from './ranking.ts';

/** Numbers that all kept rankings may hold together: 32 MB. */
const most = 8_000_000;

/**
 * Rankings that were asked for last: of the films like another one, which do not depend on who asks, and of a viewer who
 * did nothing that counts since the last page.
 */
export class KeptRankings {
  readonly #kept = new Map<string, Ranking>();
  #basis: readonly unknown[] = [];
  #held = 0;

  /**
   * @param basis the catalogue and the models: when one is replaced, everything is worked out anew
   * @param key all else that the ranking rests on
   */
  of(basis: readonly unknown[], key: unknown, make: () => Ranking): Ranking {
    if (basis.length !== this.#basis.length || basis.some((part, i) => part !== this.#basis[i])) this.#forget([...this.#kept.keys()]);
    this.#basis = basis;
    const name = JSON.stringify(key),
      ranking = this.#kept.get(name) ?? make();
    this.#forget([name]);
    this.#kept.set(name, ranking);
    this.#held += numbersIn(ranking);
    while (this.#held > most && this.#kept.size > 1) this.#forget([this.#kept.keys().next().value!]);
    return ranking;
  }

  #forget(names: readonly string[]): void {
    for (const name of names) {
      const ranking = this.#kept.get(name);
      if (this.#kept.delete(name)) this.#held -= numbersIn(ranking!);
    }
  }
}

const numbersIn = ({ scores, blended }: Ranking): number => (scores.length + 1) * blended.length;
