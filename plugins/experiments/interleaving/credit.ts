import type { Sql } from '../../../core/database/sql.ts';
import { control } from '../model.ts';
import type { Phase } from '../results/read.ts';
import { winsOf, type CreditSums, type Wins } from '../statistics/interleaving/preference.ts';

/** What credits an arm: clicks on its films, or ratings, places on watchlists and films watched within 72 hours. */
export type What = 'clicks' | 'successes';
export const whats = ['clicks', 'successes'] as const satisfies readonly What[];

/** Up to and with a step. a is the other arm, b the control, so that above zero is better than the control. */
export interface StepCredit {
  readonly what: What;
  /** milliseconds: the beginning of the step */
  readonly at: number;
  readonly wins: Wins;
  readonly sums: CreditSums;
  /** credited acts on films of either arm */
  readonly acts: { readonly a: number; readonly b: number };
}

/** Credits the films of interleaved lists anew for the units of `seen`. In the transaction of the roll-up. */
export async function creditUnits(tx: Sql): Promise<void> {
  await tx.rows('delete from experiment_credit c using taken t where (c.experiment, c.unit) = (t.experiment, t.unit)');
  await tx.rows(
    `insert into experiment_credit (experiment, phase, unit, what, at, a, b)
    select s.experiment, s.phase, s.unit, e.what, experiment_step(e.at, s.started),
      count(*) filter (where l.teams[e.position + 1] <> $1), count(*) filter (where l.teams[e.position + 1] = $1)
    from seen s join experiment x on x.id = s.experiment and x.kind = 'interleaving'
      join list_assignment a on (a.experiment, a.phase, a.unit) = (s.experiment, s.phase, s.unit)
      join served_list l on l.id = a.list and l.teams is not null, lateral (
        select 'clicks' as what, position, at from click where list = l.id
        union all select 'successes', position, at from outcome where list = l.id) e
    where s.standing = 'counted' and e.at < coalesce(s.ended, 'infinity') group by 1, 2, 3, 4, 5`,
    [control],
  );
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
  readonly #acts = { a: 0, b: 0 };
  #sum = 0;
  #squares = 0;
  viewers = 0;

  add({ unit, a, b }: Row): void {
    const before = this.#credit.get(unit),
      after = [a + (before?.[0] ?? 0), b + (before?.[1] ?? 0)] as const;
    if (before) this.#count(before, -1);
    this.#count(after, 1);
    this.#credit.set(unit, after);
    this.#acts.a += a;
    this.#acts.b += b;
  }

  #count(credit: readonly [a: number, b: number], times: 1 | -1): void {
    const won = winsOf([credit]),
      difference = (credit[0] - credit[1]) / (credit[0] + credit[1]);
    for (const side of ['a', 'b', 'ties'] as const) this.#wins[side] += times * won[side];
    this.#sum += times * difference;
    this.#squares += times * difference ** 2;
  }

  /** Who was credited nothing prefers neither. */
  get state(): Pick<StepCredit, 'wins' | 'sums' | 'acts'> {
    const n = this.viewers,
      { a, b } = this.#wins;
    return { wins: { a, b, ties: n - a - b }, sums: { n, sum: this.#sum, squares: this.#squares }, acts: { ...this.#acts } };
  }
}
