/** The `k` nearest of each of `films` films, gathered from pairs that come in any order. */
export class Nearest {
  readonly #k: number;
  /** films × k, the nearest first */
  readonly #film: Int32Array;
  readonly #similarity: Float32Array;
  readonly #count: Int32Array;
  /** what a film must exceed to come in: small, so that most pairs are turned away from within the cache */
  readonly #bar: Float32Array;

  constructor(films: number, k: number) {
    this.#k = k;
    this.#film = new Int32Array(films * k);
    this.#similarity = new Float32Array(films * k);
    this.#count = new Int32Array(films);
    this.#bar = new Float32Array(films);
  }

  /** Both films may become each other's neighbours. The similarity must be above 0; of equal ones those offered first stay. */
  offer(a: number, b: number, similarity: number): void {
    if (similarity > this.#bar[a]!) this.#insert(a, b, similarity);
    if (similarity > this.#bar[b]!) this.#insert(b, a, similarity);
  }

  /** How many pairs `each` tells of. */
  get size(): number {
    return this.#count.reduce((sum, count) => sum + count, 0);
  }

  /** Calls back for every film and each of its nearest. */
  each(visit: (film: number, near: number, similarity: number) => void): void {
    for (let film = 0; film < this.#count.length; film++) {
      for (let e = film * this.#k, end = e + this.#count[film]!; e < end; e++) visit(film, this.#film[e]!, this.#similarity[e]!);
    }
  }

  #insert(film: number, near: number, similarity: number): void {
    const first = film * this.#k;
    const full = this.#count[film] === this.#k;
    let hole = first + this.#count[film]! - (full ? 1 : 0);
    if (!full) this.#count[film]!++;
    for (; hole > first && this.#similarity[hole - 1]! < similarity; hole--) {
      this.#film[hole] = this.#film[hole - 1]!;
      this.#similarity[hole] = this.#similarity[hole - 1]!;
    }
    this.#film[hole] = near;
    this.#similarity[hole] = similarity;
    if (this.#count[film] === this.#k) this.#bar[film] = this.#similarity[first + this.#k - 1]!;
  }
}
