import type { Sql } from '../../../core/database/sql.ts';
import type { Look } from './links.ts';

/** From now on the unit sees the arm, and nothing of it is counted. */
export const force = (sql: Sql, unit: number, { experiment, arm, until }: Look): Promise<unknown> =>
  sql.rows(
    `insert into experiment_forced (unit, experiment, arm, until) values ($1, $2, $3, $4)
    on conflict (unit, experiment) do update set arm = excluded.arm, until = excluded.until`,
    [unit, experiment, arm, until],
  );

/** The unit is where it belongs again, in all experiments. */
export const release = (sql: Sql, unit: number): Promise<unknown> => sql.rows('delete from experiment_forced where unit = $1', [unit]);

/** A visitor who looks at an arm signs in: the account looks at it. */
export const mergeForced = (sql: Sql, { from, into }: { from: number; into: number }): Promise<void> =>
  sql.transaction(async (tx) => {
    await tx.rows(
      `insert into experiment_forced (unit, experiment, arm, until) select $2, experiment, arm, until from experiment_forced where unit = $1
      on conflict (unit, experiment) do update set arm = excluded.arm, until = excluded.until`,
      [from, into],
    );
    await tx.rows('delete from experiment_forced where unit = $1', [from]);
  });
