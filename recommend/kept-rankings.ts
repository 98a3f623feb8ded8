import { ScoreRoom } from '../math/kernels/score-room.ts';
import type { CommonScores } from './2-score.ts';
import type { Ranking } from './ranking.ts';

/** Numbers that all kept rankings may hold together: 32 MB. */
const most = 8_000_000;

/**
 * Rankings that were asked for last: of the films like another one, which do not depend on who asks, and of a viewer who
 * did nothing that counts since the last page. The arrays of those that are given up serve for the next ones, so a ranking
 * may be used until the next one is asked for, and not kept by whoever asked.
 */
export class KeptRankings {
  readonly #kept = new Map<string, Ranking>();
  #basis: readonly unknown[] = [];
  #held = 0;
  #room = new ScoreRoom(0);
  /** of the same basis */
  readonly common: CommonScores = new Map();

  /**
   * @param basis the catalogue and the models: when one is replaced, everything is worked out anew
   * @param key all else that the ranking rests on
   * @param make gets its arrays from the room
   */
  of(basis: readonly unknown[], key: unknown, make: () => Ranking): Ranking {
    this.#restOn(basis);
    const name = JSON.stringify(key),
      known = this.#kept.get(name),
      ranking = known ?? make();
    this.#kept.delete(name);
    this.#kept.set(name, ranking);
    if (!known) this.#held += numbersIn(ranking);
    while (this.#held > most && this.#kept.size > 1) this.#giveUp(this.#kept.keys().next().value!);
    return ranking;
  }

  /** The ranking if it is kept. */
  peek(basis: readonly unknown[], key: unknown): Ranking | undefined {
    this.#restOn(basis);
    return this.#kept.get(JSON.stringify(key));
  }

  #restOn(basis: readonly unknown[]): void {
    if (basis.length === this.#basis.length && basis.every((part, i) => part === this.#basis[i])) return;
    for (const name of this.#kept.keys()) this.#giveUp(name);
    for (const answers of this.common.values()) for (const { values } of Object.values(answers)) this.#room.give(values);
    this.common.clear();
    this.#basis = basis;
  }

  /** Where rankings of so many films are made. */
  room(films: number): ScoreRoom {
    if (this.#room.length !== films) this.#room = new ScoreRoom(films);
    return this.#room;
  }

  #giveUp(name: string): void {
    const ranking = this.#kept.get(name)!;
    this.#kept.delete(name);
    this.#held -= numbersIn(ranking);
    for (const array of arraysOf(ranking)) this.#room.give(array);
  }
}

/** The arrays that no other ranking holds. */
function arraysOf({ scores, blended }: Ranking): Float32Array[] {
  const own = [blended];
  for (const { common, values } of scores) if (!common) own.push(values);
  return own;
}
const numbersIn = (ranking: Ranking): number => arraysOf(ranking).length * ranking.blended.length;
