import type { Sql } from '../../../../core/database/sql.ts';
import type { Range } from './compose.ts';

/** Values that make what the server knows of the tables out of date, if they are a fifth of the table as well. */
const MANY = 100_000;

const key = ['experiment', 'phase', 'unit', 'metric', 'at'],
  parts = ['enters', 'm', 'd', 'm0', 'd0', 'a', 'b'];
const of = (alias: string, names: readonly string[]): string => names.map((name) => `${alias}.${name}`).join(', ');
const same = (x: string, y: string, names: readonly string[] = key): string => `(${of(x, names)}) = (${of(y, names)})`;

/**
 * Makes the temporary tables `stored`, with what is stored of the units of `seen`, and `difference` of it and `fresh`: values that go (sign −1) and
 * that come (+1), with the arm and stratum of their unit. Values of metrics that nobody counts now stay as they are.
 */
export async function findDifference(tx: Sql, metrics: readonly number[], { first, last }: Range): Promise<void> {
  await tx.rows(`analyze fresh (${key.join(', ')})`);
  await tx.rows(`create temporary table stored on commit drop as
    select v.* from seen s join experiment_value v on (v.experiment, v.phase, v.unit) = (s.experiment, s.phase, s.unit)
    where v.unit between ${first} and ${last} and v.metric in (${[0, ...metrics].join(', ')})`);
  await tx.rows(`analyze stored (${key.join(', ')})`);
  await tx.rows(`create temporary table difference on commit drop as
    ${changed(-1, 'stored', 'fresh')} union all ${changed(1, 'fresh', 'stored')}`);
  await tx.rows(`analyze difference (sign, ${key.join(', ')})`);
}

/** Rows of one table that the other does not have, or not with these values. */
const changed = (
  sign: 1 | -1,
  one: string,
  other: string,
): string => `select ${sign} as sign, ${of('s', ['arm', 'stratum', 'entered'])}, ${of('x', [...key, ...parts])}
    from ${one} x left join ${other} y on ${same('x', 'y')} join seen s on (s.experiment, s.phase, s.unit) = (x.experiment, x.phase, x.unit)
    where (${of('x', parts)}) is distinct from (${of('y', parts)})`;

/** Metric by metric, so that values of one lie close to each other. */
export async function storeDifference(tx: Sql): Promise<void> {
  await tx.rows(`delete from experiment_value v using difference x where x.sign = -1 and ${same('v', 'x')}`);
  await tx.rows(`insert into experiment_value (${[...key, ...parts].join(', ')})
    select ${[...key, ...parts].join(', ')} from difference where sign = 1 order by metric, experiment, phase, unit, at`);
  const { many } = (await tx.one<{ many: boolean }>(
    `select count(*) > greatest(${MANY}, (select reltuples from pg_class where oid = 'experiment_value'::regclass) / 5) as many from difference`,
  ))!;
  // The server's own look at a table that grows from nothing comes too late for the plans of the same minute.
  if (many) for (const table of ['unit', 'value', 'spread']) await tx.rows(`analyze experiment_${table}`);
}
