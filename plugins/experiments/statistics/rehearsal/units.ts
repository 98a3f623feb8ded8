import type { Random } from '../../../../math/random.ts';
import type { SumMoments } from '../moments.ts';

/** What each of many units did, from which arms are drawn: m of a unit, and d of it where the metric is Σm / Σd (or else none). */
export interface PastUnits {
  readonly kind: 'proportion' | 'mean' | 'ratio';
  readonly m: Float64Array;
  readonly d: Float64Array;
}

/**
 * An arm that is made up of units drawn with replacement (bootstrap: Efron 1979). It can be looked at as it is, and as it were if
 * the metric were larger by a share of its value: sums are multiplied; of yes-or-no units, as many more say yes.
 */
export class DrawnArm {
  readonly #units: PastUnits;
  readonly #flip: number;
  #n = 0;
  #m = 0;
  #d = 0;
  #mm = 0;
  #dd = 0;
  #md = 0;
  #flipped = 0;

  /** @param flip the chance that a unit that does not do it would, if the effect were there */
  constructor(units: PastUnits, flip: number) {
    this.#units = units;
    this.#flip = flip;
  }

  get n(): number {
    return this.#n;
  }

  /** Draws until there are n units. */
  growTo(n: number, random: Random): void {
    const { m: tops, d: bottoms } = this.#units,
      ratio = bottoms.length > 0;
    for (; this.#n < n; this.#n++) {
      const at = Math.floor(random() * tops.length),
        m = tops[at]!;
      this.#m += m;
      this.#mm += m * m;
      if (this.#flip > 0 && m === 0 && random() < this.#flip) this.#flipped++;
      if (!ratio) continue;
      const d = bottoms[at]!;
      this.#d += d;
      this.#dd += d * d;
      this.#md += m * d;
    }
  }

  /** @param effect share of the metric's value that is added; of yes-or-no units 0, or the one that `flip` stands for */
  moments(effect: number): SumMoments {
    const { kind } = this.#units,
      n = this.#n,
      factor = 1 + effect;
    if (kind === 'proportion') return { kind, n, sum: this.#m + (effect === 0 ? 0 : this.#flipped) };
    const [sum, squares] = [this.#m * factor, this.#mm * factor ** 2];
    return kind === 'mean' ? { kind, n, sum, squares } : { kind, n, m: sum, mm: squares, d: this.#d, dd: this.#dd, md: this.#md * factor };
  }
}

/** Sums over all the units, each taken once. */
export function allOf({ kind, m, d }: PastUnits): SumMoments {
  const n = m.length,
    dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0),
    total = (a: Float64Array): number => a.reduce((sum, x) => sum + x, 0);
  if (kind === 'proportion') return { kind, n, sum: total(m) };
  if (kind === 'mean') return { kind, n, sum: total(m), squares: dot(m, m) };
  return { kind, n, m: total(m), d: total(d), mm: dot(m, m), dd: dot(d, d), md: dot(m, d) };
}
