import type { Position } from '../../recommend/algorithm.ts';

/** What a title is worth that holds what was typed, as `match_score` in the migrations has it: most where it is the very text. */
const worth = { title: 1.4, nearly: 1.3, begins: 1.2, inside: 1.05 } as const;
/** The part of it that hangs on the last letters being a whole word: "man" means "The Third Man" more than "Manhattan". */
const wordly = 0.9;
/** As in `with_article` in the migrations: "The Godfather" is "godfather" for whoever looks for it. */
const articles = new Set('the a an la le les el los il der die das den det'.split(' ').map((article) => `${article} `));
const inWord = /[\p{L}\p{N}_]/u;

/**
 * All titles in one text, to find those in which a word begins with what was typed. Each of 62,000 is looked at within a few
 * milliseconds, so it matters to no search how many titles hold a word, and none is left out.
 */
export class Titles {
  readonly #text: string;
  /** where each title begins in the text, and where one more would */
  readonly #starts: Int32Array;

  /** @param titles as plain text, by position; an empty one is never found */
  constructor(titles: readonly string[]) {
    this.#text = `\n${titles.join('\n')}\n`;
    this.#starts = new Int32Array(titles.length + 1).fill(1);
    titles.forEach((title, film) => (this.#starts[film + 1] = this.#starts[film]! + title.length + 1));
  }

  /**
   * How well each title answers, 0 … 1.4, NaN where it does not hold the text; undefined where none does.
   * @param typed plain text without line breaks
   */
  scores(typed: string): Float32Array | undefined {
    const scores = new Float32Array(this.#starts.length - 1).fill(Number.NaN),
      cutOff = wordly / trigrams(typed);
    let found = false;
    for (const [film, at] of this.#places(typed)) {
      const score = this.#score(film, at, at + typed.length, cutOff);
      if (!(scores[film]! >= score)) scores[film] = score;
      found = true;
    }
    return found ? scores : undefined;
  }

  /** Where words begin with the text: films and places. */
  *#places(typed: string): Generator<[film: Position, at: number]> {
    if (typed === '') return;
    const text = this.#text,
      word = inWord.test(typed[0]!);
    for (let at = text.indexOf(typed), film = 0; at >= 0; at = text.indexOf(typed, at + 1)) {
      if (word && inWord.test(text[at - 1]!)) continue;
      while (this.#starts[film + 1]! <= at) film++;
      yield [film, at];
    }
  }

  #score(film: Position, at: number, to: number, cutOff: number): number {
    const before = this.#text.slice(this.#starts[film], at),
      after = this.#text.slice(to, this.#starts[film + 1]! - 1);
    const lost = inWord.test(this.#text[to]!) ? cutOff : 0,
      ends = !inWord.test(after);
    if (before === '') return (after === '' ? worth.title : ends ? worth.nearly : worth.begins) - lost;
    return (ends && articles.has(before) ? worth.nearly : worth.inside) - lost;
  }
}

/** How many trigrams pg_trgm makes of a text; the last one is missing in a title in which the last word goes on. */
const trigrams = (text: string): number => text.split(/[^\p{L}\p{N}]+/u).reduce((sum, word) => sum + (word === '' ? 0 : word.length + 1), 0) || 1;
