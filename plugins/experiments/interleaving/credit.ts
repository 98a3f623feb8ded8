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

/** Oldest first, from the credit of all viewers, or as it was kept. */
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

/**
 * By step: what the credit of each viewer became, less what it was, summed over viewers. A viewer's difference (a − b) / (a + b) is a
 * decimal, so that sums do not hang on the order.
 */
const changesOf = `select what, at, (sum((a1 > b1)::integer) - sum((a0 > b0)::integer))::integer as "winsA", (sum((b1 > a1)::integer) - sum((b0 > a0)::integer))::integer as "winsB",
    sum(d1 - d0)::double precision as sum, sum(d1 * d1 - d0 * d0)::double precision as squares, sum(a)::double precision as a, sum(b)::double precision as b,
    sum(a1 * a1 - a0 * a0)::double precision as aa, sum(a1 * b1 - a0 * b0)::double precision as ab, sum(b1 * b1 - b0 * b0)::double precision as bb
  from (
    select what, at, a, b, sum(a) over sofar as a1, sum(b) over sofar as b1, sum(a) over sofar - a as a0, sum(b) over sofar - b as b0
    from experiment_credit where experiment = $1 and phase = $2 window sofar as (partition by unit, what order by at)
  ) c, lateral (select coalesce((a1 - b1)::numeric / nullif(a1 + b1, 0), 0) as d1, coalesce((a0 - b0)::numeric / nullif(a0 + b0, 0), 0) as d0) d
  group by what, at order by at`;
