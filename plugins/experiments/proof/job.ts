import { z } from 'zod';
import type { Sql } from '../../../core/database/sql.ts';
import { notFound } from '../../../core/errors.ts';
import { defineJob, type JobDefinition, type JobRun } from '../../../core/jobs.ts';
import type { Measures } from '../../../recommend/measures.ts';
import { Pace, paced } from '../../../math/pace.ts';
import { experimentWith, type Experiment } from '../model.ts';
import { LOOK_BACK_DAYS } from '../results/roll-up/compose.ts';
import { PERIOD } from '../results/site-plan.ts';
import { rehearse } from '../statistics/rehearsal/rehearse.ts';
import { prepare, type Prepared } from './prepare.ts';
import type { Proof } from './result.ts';
import { saysOf } from './says.ts';

export const proofJobName = 'experiments.prove';
/** One at a time for each draft. */
export const keyOf = (experiment: number): string => `experiment ${experiment}`;

/** Runs of a rehearsal, and viewers that are drawn in all of them: tests of many viewers are run less often. */
const RUNS = { most: 2_000, least: 200 },
  DRAWS = 400_000_000;

/** Rehearses a draft's test on the site's own past, and keeps what came of it. */
export const proofJob = (sql: Sql, measures: Pick<Measures, 'metric' | 'segments'>, runs = RUNS.most): JobDefinition =>
  defineJob({
    name: proofJobName,
    title: 'Prove a draft experiment on the site’s own past',
    payload: z.object({ experiment: z.int().positive() }),
    attempts: 1,
    async run({ payload, signal, progress }) {
      progress(0, 'reading what viewers did');
      const draft = await experimentWith(sql, payload.experiment);
      if (!draft) throw notFound('experiment');
      const prepared = await prepare(sql, measures, draft, new Date()),
        proof = await proofOf(draft, prepared, runs, { signal, progress });
      await sql.rows(keep, [draft.id, draft.version, JSON.stringify(proof)]);
      const { falseAlarms, found } = proof.ways.find(({ id }) => id === proof.own)!;
      return { runs: proof.runs, falseAlarms: falseAlarms.share, found: found.share };
    },
  });

type Watch = Pick<JobRun<unknown>, 'signal' | 'progress'>;

async function proofOf(draft: Experiment, { metric, past, test, units, judged, planned }: Prepared, most: number, watch: Watch): Promise<Proof> {
  const runs = Math.max(Math.min(most, RUNS.least), Math.min(most, Math.floor(DRAWS / (test.units[0] + test.units[1]))));
  // The same draft and the same past give the same figures.
  const seed = draft.id;
  const ways = await paced(rehearse(past, test, runs, seed), new Pace(), (done) => {
    watch.progress(done, 'running the test again and again');
    watch.signal.throwIfAborted();
  });
  const { effect, alpha } = test,
    own = judged.engine;
  return {
    says: saysOf({ metric, own, ways, alpha, effect, runs }),
    own,
    ways,
    metric: metric.title,
    viewers: past.m.length,
    period: PERIOD,
    units,
    compared: test.units,
    effect,
    alpha,
    looks: test.looks,
    planned,
    runs,
    seed,
    past: past.before ? { days: LOOK_BACK_DAYS, groups: past.before.strata } : null,
    without: leftOut(draft),
  };
}

function leftOut({ correction, targeting }: Experiment): Proof['without'] {
  return [...(correction === 'none' ? [] : (['correction'] as const)), ...(Object.keys(targeting).length === 0 ? [] : (['targeting'] as const))];
}

const keep = `insert into experiment_proof (experiment, version, result) values ($1, $2, $3)
  on conflict (experiment) do update set version = excluded.version, at = now(), result = excluded.result`;
