import type { Sql } from '../../../core/database/sql.ts';
import type { Phase } from '../results/read.ts';
import type { PairSums } from '../statistics/interleaving/paired.ts';
import { winsOf, type CreditSums, type Wins } from '../statistics/interleaving/preference.ts';
import { whats, type What } from './acts.ts';

/** Up to and with a step. a is the other arm, b the control, so that above zero is better than the control. */
export interface StepCredit {
  readonly what: What;
  /** milliseconds: the beginning of the step */
  readonly at: number;
  readonly wins: Wins;
  readonly sums: CreditSums;
  /** credited acts on films of either arm, and their squares and products by viewer; kept ones from before have no squares */
  readonly acts: Pick<PairSums, 'a' | 'b'> & Partial<PairSums>;
}

interface Row {
  readonly unit: number;
  readonly what: What;
  readonly at: Date;
  readonly a: number;
  readonly b: number;
}

/** Oldest first, from the credit of all viewers, or as it was kept. */
export async function creditsOf(sql: Sql, { id, phase }: Phase): Promise<readonly StepCredit[]> {
  const kept = await sql.one<{ credits: StepCredit[] }>('select credits from experiment_kept where experiment = $1', [id]);
  if (kept) return kept.credits;
  const rows = await sql.rows<Row>('select unit, what, at, a, b from experiment_credit where experiment = $1 and phase = $2 order by at', [
    id,
    phase,
  ]);
  const entries = await sql.rows<{ at: Date; units: number }>(
    `select at, sum(units)::integer as units from experiment_entry where experiment = $1 and phase = $2 and standing = 'counted' group by 1 order by 1`,
    [id, phase],
  );
  return whats.flatMap((what) => stepsOf(what, rows, entries));
}

/** After each step the sums over all viewers who were in by then, those without any credit among them. */
function stepsOf(what: What, rows: readonly Row[], entries: readonly { readonly at: Date; readonly units: number }[]): StepCredit[] {
  const own = rows.filter((row) => row.what === what),
    times = [...new Set([...own, ...entries].map(({ at }) => at.getTime()))].sort((x, y) => x - y),
    sofar = new Sofar();
  return times.map((at) => {
    for (const row of own) if (row.at.getTime() === at) sofar.add(row);
    for (const entry of entries) if (entry.at.getTime() === at) sofar.viewers += entry.units;
    return { what, at, ...sofar.state };
  });
}

/** Keeps the sums while credit comes in, viewer by viewer. */
class Sofar {
  readonly #credit = new Map<number, readonly [a: number, b: number]>();
  readonly #wins = { a: 0, b: 0, ties: 0 };
  readonly #acts = { a: 0, b: 0, aa: 0, ab: 0, bb: 0 };
  #sum = 0;
  #squares = 0;
  viewers = 0;

  add({ unit, a, b }: Row): void {
    const before = this.#credit.get(unit),
      after = [a + (before?.[0] ?? 0), b + (before?.[1] ?? 0)] as const;
    if (before) this.#count(before, -1);
    this.#count(after, 1);
    this.#credit.set(unit, after);
  }

  #count([a, b]: readonly [a: number, b: number], times: 1 | -1): void {
    const won = winsOf([[a, b]]),
      difference = (a - b) / (a + b),
      acts = { a, b, aa: a * a, ab: a * b, bb: b * b };
    for (const part of ['a', 'b', 'aa', 'ab', 'bb'] as const) this.#acts[part] += times * acts[part];
    for (const side of ['a', 'b', 'ties'] as const) this.#wins[side] += times * won[side];
    this.#sum += times * difference;
    this.#squares += times * difference ** 2;
  }

  /** Who was credited nothing prefers neither. */
  get state(): Pick<StepCredit, 'wins' | 'sums' | 'acts'> {
    const n = this.viewers,
      { a, b } = this.#wins;
    return { wins: { a, b, ties: n - a - b }, sums: { n, sum: this.#sum, squares: this.#squares }, acts: { n, ...this.#acts } };
  }
}
