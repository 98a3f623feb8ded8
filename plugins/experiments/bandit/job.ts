import type { Bus } from '../../../core/bus.ts';
import type { Sql } from '../../../core/database/sql.ts';
import { defineJob, type JobDefinition } from '../../../core/jobs.ts';
import { experimentsIn } from '../model.ts';
import type { Measurement } from '../results/measurement.ts';
import { allocate } from './allocate.ts';

/** Every hour, bandits share out their new viewers by what they learned. */
export const banditJob = (sql: Sql, bus: Bus, measurement: Measurement): JobDefinition =>
  defineJob({
    name: 'experiments.bandit',
    title: 'Share out the new viewers of bandits by what was learned',
    every: '11 * * * *',
    async run({ signal, progress, log }) {
      const bandits = (await experimentsIn(sql, ['running'])).filter(({ kind }) => kind === 'bandit');
      let moved = 0;
      if (bandits.length > 0) await measurement.rollUp.refresh();
      for (const [i, experiment] of bandits.entries()) {
        signal.throwIfAborted();
        progress(i / bandits.length, experiment.name);
        try {
          moved += Number(await allocate(sql, bus, experiment, measurement.definition(experiment.metric), new Date()));
        } catch (error) {
          log.error(`the shares of experiment ${experiment.id} could not be worked out`, error);
        }
      }
      return { bandits: bandits.length, moved };
    },
  });
