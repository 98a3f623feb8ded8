import type { Sql } from '../../../../core/database/sql.ts';
import type { MetricDefinition } from '../../../../recommend/measures.ts';
import { changedUnits } from './compose.ts';

/** The experiments that are still counted. */
const live = `select id from experiment where status not in ('draft', 'scheduled') and id not in (select experiment from experiment_kept)`;

/** Gives each metric its number. @returns them by id, and whether any is counted in another way than before */
export async function numberMetrics(
  tx: Sql,
  metrics: readonly MetricDefinition[],
): Promise<{ numbers: ReadonlyMap<string, number>; changed: boolean }> {
  const wanted = metrics.map(({ id, kind, window, level, cap, rows }) => ({
    name: id,
    kind,
    spread: kind === 'quantile' || (cap !== undefined && 'percentile' in cap),
    definition: JSON.stringify([kind, window, level, cap, rows]),
  }));
  const changed = await tx.rows(
    `insert into experiment_metric as known (name, kind, spread, definition)
    select name, kind, spread, definition from jsonb_to_recordset($1::jsonb) as w (name text, kind text, spread boolean, definition text)
    on conflict (name) do update set kind = excluded.kind, spread = excluded.spread, definition = excluded.definition
      where (known.kind, known.spread, known.definition) is distinct from (excluded.kind, excluded.spread, excluded.definition) returning id`,
    [JSON.stringify(wanted)],
  );
  const rows = await tx.rows<{ id: number; name: string }>('select id, name from experiment_metric');
  return { numbers: new Map(rows.map(({ id, name }) => [name, id])), changed: changed.length > 0 };
}

/**
 * Puts everybody into the queue of whom something changed since the last time, and notes up to where changes are seen.
 * @param all everybody, whether or not something changed
 */
export async function noteChanges(tx: Sql, metrics: readonly MetricDefinition[], all: boolean): Promise<void> {
  // Taken first: what is committed after it will be seen as a change again, rather than never.
  const { snapshot } = (await tx.one<{ snapshot: string }>('select pg_current_snapshot()::text as snapshot'))!;
  const known = await tx.one<{ ours: boolean }>(
    // A snapshot of the future comes from another server, by a backup say.
    'select pg_snapshot_xmax(snapshot) <= pg_snapshot_xmax(pg_current_snapshot()) as ours from experiment_roll_up',
  );
  await tx.rows(all || !known?.ours ? everybody : changedOnes(metrics));
  await tx.rows(
    `insert into experiment_roll_up as known (snapshot, at) values ($1::pg_snapshot, now())
    on conflict (one) do update set snapshot = excluded.snapshot, at = excluded.at, before = known.at`,
    [snapshot],
  );
}

const into = 'insert into experiment_waiting (experiment, unit)';
const everybody = `${into}
  select experiment, unit from list_assignment where experiment in (${live})
  union select experiment, unit from experiment_unit where experiment in (${live}) on conflict do nothing`;

/** Who left a unit, by a merge, is known from what was counted; who became staff, from the unit. */
const changedOnes = (metrics: readonly MetricDefinition[]): string => `${into}
  with changed as materialized (${changedUnits(metrics)})
  select a.experiment, a.unit from changed c join list_assignment a on a.unit = c.unit where a.experiment in (${live})
  union select x.experiment, x.unit from changed c join experiment_unit x on x.unit = c.unit where x.experiment in (${live})
  on conflict do nothing`;

/** Units that became staff or simulated, or no longer are, since they were counted. */
export const noteRoles = (tx: Sql): Promise<object[]> =>
  tx.rows(`${into}
  select x.experiment, x.unit from experiment_unit x join experiment e on e.id = x.experiment join unit u on u.id = x.unit
  where x.experiment in (${live}) and (x.simulated <> u.simulated or (x.standing = 'staff') <> (u.staff and not e.include_staff and x.standing <> 'crossed'))
  on conflict do nothing`);
