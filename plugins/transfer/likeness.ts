import { eachPaced, Pace } from '../../math/pace.ts';

/** A title that viewers may see, as its key: letters and digits in words. A film may have two. */
export interface Title {
  readonly film: number;
  readonly year: number;
  readonly key: string;
}
export interface Likeness {
  readonly film: number;
  /** another film is about as like */
  readonly many: boolean;
}

/** The share of common parts from which a title is worth a question, and by how much the best must lead. */
const least = 0.4,
  lead = 0.1;
/** What a title counts that goes on after the other one ends: "Alien" and "Alien: the director's cut". */
const continued = 0.6;

/** Parts of three letters: of each word with two spaces before it and one behind it, as pg_trgm cuts them. */
export function partsOf(key: string): Set<string> {
  const parts = new Set<string>();
  for (const word of key.split(' ').filter(Boolean)) {
    const padded = `  ${word} `;
    for (let at = 0; at + 3 <= padded.length; at++) parts.add(padded.slice(at, at + 3));
  }
  return parts;
}

/**
 * Titles by their years and parts, to find the one that is spelt most like a text. In memory, because asking the database
 * for each of some thousand lines takes it minutes in a large catalogue.
 */
export class Titles {
  readonly #titles: readonly Title[];
  /** places in `titles` */
  readonly #years = new Map<number, Map<string, number[]>>();
  readonly #sizes: Uint16Array;

  private constructor(titles: readonly Title[]) {
    this.#titles = titles;
    this.#sizes = new Uint16Array(titles.length);
  }

  /** Lets others have their turn in between. */
  static async of(titles: readonly Title[]): Promise<Titles> {
    const made = new Titles(titles);
    await eachPaced(titles.keys(), new Pace(), (n) => made.#add(n));
    return made;
  }

  #add(n: number): void {
    const { key, year } = this.#titles[n]!,
      parts = partsOf(key),
      having = this.#years.get(year) ?? new Map<string, number[]>();
    this.#years.set(year, having);
    this.#sizes[n] = parts.size;
    for (const part of parts) {
      const places = having.get(part);
      if (places) places.push(n);
      else having.set(part, [n]);
    }
  }

  /** The film whose title is most like the key, of the year or one beside it; undefined where none is like it. */
  mostLike(key: string, year: number): Likeness | undefined {
    const scores = new Map<number, number>(),
      parts = partsOf(key);
    for (const near of [year - 1, year, year + 1])
      for (const [n, count] of this.#common(parts, near)) {
        const title = this.#titles[n]!,
          // similarity() of pg_trgm
          alike = count / (parts.size + this.#sizes[n]! - count);
        const score = title.key.startsWith(`${key} `) || key.startsWith(`${title.key} `) ? Math.max(alike, continued) : alike;
        if (score >= least) scores.set(title.film, Math.max(score, scores.get(title.film) ?? 0));
      }
    const [best, next] = [...scores].sort((a, b) => b[1] - a[1]);
    return best && { film: best[0], many: next !== undefined && best[1] - next[1] < lead };
  }

  /** How many of the parts each title of the year has that has any. */
  #common(parts: ReadonlySet<string>, year: number): Map<number, number> {
    const common = new Map<number, number>(),
      having = this.#years.get(year);
    for (const part of parts) for (const n of having?.get(part) ?? []) common.set(n, (common.get(n) ?? 0) + 1);
    return common;
  }
}
