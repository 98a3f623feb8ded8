import type { Sql } from '../../../core/database/sql.ts';
import type { Phase } from '../results/read.ts';
import type { PairSums } from '../statistics/interleaving/paired.ts';
import type { CreditSums, Wins } from '../statistics/interleaving/preference.ts';
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

/** What a step changed in the sums over viewers. */
interface Change extends Record<(typeof parts)[number], number> {
  readonly what: What;
  readonly at: Date;
}
const parts = ['winsA', 'winsB', 'sum', 'squares', 'a', 'b', 'aa', 'ab', 'bb'] as const;

/** Oldest first, from the sums of all viewers' credit, or as it was kept. */
export async function creditsOf(sql: Sql, { id, phase }: Phase): Promise<readonly StepCredit[]> {
  const kept = await sql.one<{ credits: StepCredit[] }>('select credits from experiment_kept where experiment = $1', [id]);
  if (kept) return kept.credits;
  const changes = await sql.rows<Change>(changesOf, [id, phase]);
  const entries = await sql.rows<{ at: Date; units: number }>(
    `select at, sum(units)::integer as units from experiment_entry where experiment = $1 and phase = $2 and standing = 'counted' group by 1 order by 1`,
    [id, phase],
  );
  return whats.flatMap((what) =>
    stepsOf(
      what,
      changes.filter((change) => change.what === what),
      entries,
    ),
  );
}

/** After each step the sums over all viewers who were in by then. Who was credited nothing prefers neither. */
function stepsOf(what: What, changes: readonly Change[], entries: readonly { readonly at: Date; readonly units: number }[]): StepCredit[] {
  const times = [...new Set([...changes, ...entries].map(({ at }) => at.getTime()))].sort((x, y) => x - y),
    sofar = Object.fromEntries(parts.map((part) => [part, 0])) as Record<(typeof parts)[number], number>;
  let n = 0;
  return times.map((at) => {
    for (const change of changes) if (change.at.getTime() === at) for (const part of parts) sofar[part] += change[part];
    for (const entry of entries) if (entry.at.getTime() === at) n += entry.units;
    const { winsA, winsB, sum, squares, a, b, aa, ab, bb } = sofar;
    return { what, at, wins: { a: winsA, b: winsB, ties: n - winsA - winsB }, sums: { n, sum, squares }, acts: { n, a, b, aa, ab, bb } };
  });
}

/** By step: what the credit of each viewer became, less what it was, summed over viewers as the roll-up keeps it. */
const changesOf = `select what, at, wins_a as "winsA", wins_b as "winsB", ${['sum', 'squares', 'a', 'b', 'aa', 'ab', 'bb'].map((part) => `${part}::double precision as ${part}`).join(', ')}
  from experiment_credit_sum where experiment = $1 and phase = $2 order by at`;
