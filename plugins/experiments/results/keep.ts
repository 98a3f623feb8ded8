import type { Sql } from '../../../core/database/sql.ts';
import { defineJob, type JobDefinition } from '../../../core/jobs.ts';
import type { Measures } from '../../../recommend/measures.ts';
import type { TrackingService } from '../../tracking/api.ts';
import { cohortRows } from '../bandit/cohorts.ts';
import { creditsOf } from '../interleaving/credit.ts';
import type { Experiment } from '../model.ts';
import { quantilesOf } from './quantiles.ts';
import type { RollUp } from './roll-up/index.ts';

interface Parts {
  readonly sql: Sql;
  readonly measures: Pick<Measures, 'metrics'>;
  readonly tracking: TrackingService;
  readonly rollUp: RollUp;
  readonly days: number;
}

/** Nothing is added to the sums of an experiment that ended long ago: they are kept, and what single viewers did may go. */
export const keepJob = ({ sql, measures, tracking, rollUp, days }: Parts): JobDefinition =>
  defineJob({
    name: 'experiments.keep-results',
    title: `Keep the results, not the lists, of experiments that ended over ${days} days ago`,
    every: '7 3 * * *',
    async run({ signal }) {
      const due = await sql.rows<Due>(
        `select id, phase, kind, primary_metric as metric, guardrails from experiment where stopped_at < now() - make_interval(days => $1)
        and id not in (select experiment from experiment_kept) order by id`,
        [days],
      );
      if (due.length > 0) await rollUp.refresh({ signal });
      for (const one of due) {
        signal.throwIfAborted();
        const quantiles = Array.from(await quantilesOf(sql, one, measures.metrics), ([key, moments]) => {
          const [metric, arm] = key.split(' ');
          return { metric, arm, moments };
        });
        const credits = await creditsOf(sql, one),
          cohorts = one.kind === 'bandit' ? await learned(sql, one) : [];
        await sql.transaction(async (tx) => {
          await tx.rows('insert into experiment_kept (experiment, quantiles, credits, cohorts) values ($1, $2, $3, $4)', [
            one.id,
            JSON.stringify(quantiles),
            JSON.stringify(credits),
            JSON.stringify(cohorts),
          ]);
          await forgetUnits(tx, one.id);
          await tracking.release(tx, one.id);
        });
      }
      return { experiments: due.length };
    },
  });

type Due = Pick<Experiment, 'id' | 'phase' | 'kind' | 'metric' | 'guardrails'>;

/** What a bandit learned of what decides and of its guardrails, each row with its metric. */
async function learned(sql: Sql, one: Due): Promise<object[]> {
  const metrics = [...new Set([one.metric, ...one.guardrails.map(({ metric }) => metric)])];
  const rows = await Promise.all(metrics.map(async (metric) => (await cohortRows(sql, one, metric)).map((row) => ({ ...row, metric }))));
  return rows.flat();
}

/** Units that go at a time, with all that they did: of a million at once, the server would stop the statement. */
const AT_A_TIME = 20_000;

async function forgetUnits(tx: Sql, experiment: number): Promise<void> {
  for (;;) {
    const { gone } = (await tx.one<{ gone: number }>(
      `with gone as (delete from experiment_unit where ctid = any(array(select ctid from experiment_unit where experiment = $1 limit $2)) returning 1)
      select count(*)::integer as gone from gone`,
      [experiment, AT_A_TIME],
    ))!;
    if (gone < AT_A_TIME) return;
  }
}
