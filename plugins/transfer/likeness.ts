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
/** What a title counts in which two neighbouring letters changed places: in short words no three in a row are left then. */
const turned = 0.9;

/** Parts of three letters: of each word with two spaces before it and one behind it, as pg_trgm cuts them. */
export function partsOf(key: string): Set<string> {
  const parts = new Set<string>();
  for (const word of key.split(' ').filter(Boolean)) {
    const padded = `  ${word} `;
    for (let at = 0; at + 3 <= padded.length; at++) parts.add(padded.slice(at, at + 3));
  }
  return parts;
}

/** The key with each two neighbouring letters in each other's place: what it may have meant to be. */
function* turnsOf(key: string): Generator<string> {
  for (let at = 1; at < key.length; at++) if (key[at] !== key[at - 1]) yield key.slice(0, at - 1) + key[at] + key[at - 1] + key.slice(at + 1);
}

/**
 * Titles by their years and parts, to find the one that is spelt most like a text. In memory, because asking the database
 * for each of some thousand lines takes it minutes in a large catalogue.
 */
export class Titles {
  readonly #titles: readonly Title[];
  /** places in `titles` */
  readonly #years = new Map<number, Map<string, number[]>>();
  readonly #keys = new Map<number, Map<string, number[]>>();
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
      parts = partsOf(key);
    this.#sizes[n] = parts.size;
    for (const part of parts) put(this.#years, year, part, n);
    put(this.#keys, year, key, n);
  }

  /** The film whose title is most like the key, of the year or one beside it; undefined where none is like it. */
  mostLike(key: string, year: number): Likeness | undefined {
    const scores = new Map<number, number>(),
      parts = partsOf(key);
    for (const near of [year - 1, year, year + 1]) {
      for (const [n, count] of this.#common(parts, near)) this.#note(scores, n, this.#likeness(key, parts.size, n, count));
      for (const turn of turnsOf(key)) for (const n of this.#keys.get(near)?.get(turn) ?? []) this.#note(scores, n, turned);
    }
    const [best, next] = [...scores].sort((a, b) => b[1] - a[1]);
    return best && { film: best[0], many: next !== undefined && best[1] - next[1] < lead };
  }

  #likeness(key: string, size: number, n: number, common: number): number {
    const title = this.#titles[n]!.key,
      // similarity() of pg_trgm
      alike = common / (size + this.#sizes[n]! - common);
    return title.startsWith(`${key} `) || key.startsWith(`${title} `) ? Math.max(alike, continued) : alike;
  }

  /** Keeps the best score of a film. */
  #note(scores: Map<number, number>, n: number, score: number): void {
    const { film } = this.#titles[n]!;
    if (score >= least) scores.set(film, Math.max(score, scores.get(film) ?? 0));
  }

  /** How many of the parts each title of the year has that has any. */
  #common(parts: ReadonlySet<string>, year: number): Map<number, number> {
    const common = new Map<number, number>(),
      having = this.#years.get(year);
    for (const part of parts) for (const n of having?.get(part) ?? []) common.set(n, (common.get(n) ?? 0) + 1);
    return common;
  }
}

function put(years: Map<number, Map<string, number[]>>, year: number, text: string, n: number): void {
  const places = years.get(year) ?? new Map<string, number[]>(),
    having = places.get(text);
  years.set(year, places);
  if (having) having.push(n);
  else places.set(text, [n]);
}
