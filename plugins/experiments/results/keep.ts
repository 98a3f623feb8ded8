import type { Sql } from '../../../core/database/sql.ts';
import { defineJob, type JobDefinition } from '../../../core/jobs.ts';
import type { TrackingService } from '../../tracking/api.ts';
import { sumLists } from './sums.ts';

/** Nothing is added to the sums of an experiment that ended long ago: they are kept, and its lists may go. */
export const keepJob = (sql: Sql, tracking: TrackingService, days: number): JobDefinition =>
  defineJob({
    name: 'experiments.keep-results',
    title: `Keep the results, not the lists, of experiments that ended over ${days} days ago`,
    every: '7 3 * * *',
    async run({ signal }) {
      const due = await sql.rows<{ id: number }>(
        `select id from experiment where stopped_at < now() - make_interval(days => $1)
        and id not in (select experiment from experiment_sums) order by id`,
        [days],
      );
      for (const { id } of due) {
        signal.throwIfAborted();
        await sql.transaction(async (tx) => {
          await tx.rows('insert into experiment_sums (experiment, hours) values ($1, $2)', [id, JSON.stringify(await sumLists(tx, id))]);
          await tracking.release(tx, id);
        });
      }
      return { experiments: due.length };
    },
  });
