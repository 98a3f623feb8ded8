import type { Random } from '../../../../math/random.ts';
import type { SumMoments } from '../moments.ts';
import { addAll } from '../sums.ts';

/** What each of many units did, from which arms are drawn: m of a unit, and d of it where the metric is Σm / Σd (or else none). */
export interface PastUnits {
  readonly kind: 'proportion' | 'mean' | 'ratio';
  readonly m: Float64Array;
  readonly d: Float64Array;
  /** what the test knows of the units beforehand (CUPED and strata); without it none of that is used */
  readonly before?: Before;
}
export interface Before {
  /** the same as m and d of the units, from before they entered */
  readonly a: Float64Array;
  readonly b: Float64Array;
  /** the group of each unit, from 0 */
  readonly stratum: Uint16Array;
  readonly strata: number;
}

/** Places of the sums of one stratum; `turned` are yes-or-no units that the effect turned, `turnedA` their past. */
const part = {
  n: 0,
  m: 1,
  d: 2,
  mm: 3,
  md: 4,
  dd: 5,
  a: 6,
  b: 7,
  ma: 8,
  mb: 9,
  da: 10,
  db: 11,
  aa: 12,
  ab: 13,
  bb: 14,
  turned: 15,
  turnedA: 16,
} as const;
const PARTS = 17;

/**
 * An arm that is made up of units drawn with replacement (bootstrap: Efron 1979). It can be looked at as it is, and as it were if
 * the metric were other by a share of its value: sums are multiplied; of yes-or-no units, more say yes, or fewer.
 */
export class DrawnArm {
  readonly #units: PastUnits;
  readonly #turn: number;
  readonly #sums: Float64Array;
  #n = 0;

  /** @param turn the chance that the effect makes a unit do what it does not (above 0), or leave what it does (below 0) */
  constructor(units: PastUnits, turn: number) {
    this.#units = units;
    this.#turn = turn;
    this.#sums = new Float64Array((units.before?.strata ?? 1) * PARTS);
  }

  get n(): number {
    return this.#n;
  }

  /** Draws until there are n units. */
  growTo(n: number, random: Random): void {
    const { m: tops, d: bottoms, before } = this.#units,
      sums = this.#sums,
      turns = Math.abs(this.#turn),
      from = this.#turn > 0 ? 0 : 1;
    for (; this.#n < n; this.#n++) {
      const unit = Math.floor(random() * tops.length),
        at = before ? before.stratum[unit]! * PARTS : 0,
        m = tops[unit]!,
        turned = turns > 0 && m === from && random() < turns;
      sums[at + part.n]! += 1;
      sums[at + part.m]! += m;
      sums[at + part.mm]! += m * m;
      if (turned) sums[at + part.turned]! += 1;
      if (bottoms.length > 0) addBottom(sums, at, m, bottoms[unit]!);
      if (before) addPast(sums, at, { m, d: bottoms[unit] ?? 0, a: before.a[unit]!, b: before.b[unit] ?? 0, turned });
    }
  }

  /** @param effect share of the metric's value that is added; of yes-or-no units 0, or the one that `turn` stands for. @returns by stratum */
  moments(effect: number): SumMoments[] {
    const turned = effect === 0 ? 0 : Math.sign(this.#turn);
    return Array.from({ length: this.#sums.length / PARTS }, (_, stratum) => this.#stratum(stratum * PARTS, 1 + effect, turned));
  }

  #stratum(at: number, factor: number, turned: number): SumMoments {
    const { kind, before } = this.#units,
      of = (name: keyof typeof part): number => this.#sums[at + part[name]]!,
      n = of('n');
    if (kind === 'proportion') {
      const y = of('m') + turned * of('turned');
      if (!before) return { kind, n, sum: y };
      return { kind: 'regression', of: kind, n, y, yy: y, x: of('a'), xx: of('aa'), xy: of('ma') + turned * of('turnedA') };
    }
    const [m, mm] = [of('m') * factor, of('mm') * factor ** 2];
    if (kind === 'mean') {
      if (!before) return { kind, n, sum: m, squares: mm };
      return { kind: 'regression', of: kind, n, y: m, yy: mm, x: of('a'), xx: of('aa'), xy: of('ma') * factor };
    }
    const ratio = { n, m, mm, d: of('d'), dd: of('dd'), md: of('md') * factor };
    if (!before) return { kind, ...ratio };
    const past = { a: of('a'), b: of('b'), aa: of('aa'), ab: of('ab'), bb: of('bb'), da: of('da'), db: of('db') };
    return { kind: 'regression-ratio', ...ratio, ...past, ma: of('ma') * factor, mb: of('mb') * factor };
  }
}

function addBottom(sums: Float64Array, at: number, m: number, d: number): void {
  sums[at + part.d]! += d;
  sums[at + part.dd]! += d * d;
  sums[at + part.md]! += m * d;
}

interface OneUnit {
  readonly m: number;
  readonly d: number;
  readonly a: number;
  readonly b: number;
  readonly turned: boolean;
}
function addPast(sums: Float64Array, at: number, { m, d, a, b, turned }: OneUnit): void {
  if (a === 0 && b === 0) return;
  sums[at + part.a]! += a;
  sums[at + part.aa]! += a * a;
  sums[at + part.ma]! += m * a;
  sums[at + part.da]! += d * a;
  sums[at + part.b]! += b;
  sums[at + part.bb]! += b * b;
  sums[at + part.ab]! += a * b;
  sums[at + part.mb]! += m * b;
  sums[at + part.db]! += d * b;
  if (turned) sums[at + part.turnedA]! += a;
}

/** Sums over all the units, each taken once. */
export function allOf(units: PastUnits): SumMoments {
  let next = 0;
  const each = new DrawnArm(units, 0),
    n = units.m.length;
  each.growTo(n, () => next++ / n + 0.5 / n);
  return addAll(each.moments(0))!;
}
