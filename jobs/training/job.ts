import { z } from 'zod';
import { defineJob, type JobDefinition, type Jobs } from '../../core/jobs.ts';
import type { Host } from '../../core/host.ts';
import type { ModelRegistry } from '../../recommend/models/registry.ts';
import type { Recommender } from '../../recommend/index.ts';
import type { Settings } from '../../core/settings.ts';
import type { Sql } from '../../core/database/sql.ts';
import type { AnyPlugin } from '../../core/plugin.ts';
import { notFound } from '../../core/errors.ts';
import type { Trainer } from './run.ts';
import { updateJobs } from './update.ts';

export const trainJob = 'models.train';
export interface TrainingParts {
  readonly sql: Sql;
  readonly jobs: Jobs;
  readonly models: ModelRegistry;
  readonly settings: Settings;
  readonly recommender: Recommender;
  readonly plugins: readonly AnyPlugin[];
  readonly host: Pick<Host, 'find'>;
  readonly trainer: Trainer;
  /** cron of the daily retraining, UTC */
  readonly retrain: string;
  /** cron of the micro-batches, UTC */
  readonly update: string;
}

/** Asks for a training; one at a time of each algorithm. */
export const requestTraining = (jobs: Jobs, tx: Sql, algorithm: string): Promise<number> =>
  jobs.enqueue(tx, trainJob, { algorithm }, { key: algorithm });

export const trainingJobs = (parts: TrainingParts): JobDefinition[] => [
  defineJob({
    name: trainJob,
    title: 'Train an algorithm',
    payload: z.object({ algorithm: z.string() }),
    async run({ payload: { algorithm }, signal, progress, id, log }) {
      const { plugin, settings } = await settingsOf(parts, algorithm);
      const task = { kind: 'train', algorithm, settings, seed: 1, signals: parts.recommender.signals() } as const;
      const trained = await parts.trainer.train(task, { signal, progress });
      signal.throwIfAborted();
      const { id: model, version, served, verdict } = await parts.models.publish(trained);
      log.info(`version ${version} of ${algorithm} was trained`, { served, verdict, drift: trained.metrics.drift });
      return { model, version, served, verdict, plugin, run: id, seconds: trained.seconds, metrics: trained.metrics };
    },
  }),
  defineJob({
    name: 'models.retrain',
    title: 'Retrain all algorithms',
    every: parts.retrain,
    async run() {
      const algorithms = parts.recommender.algorithms().map(({ algorithm }) => algorithm.id);
      await parts.sql.transaction(async (tx) => {
        for (const algorithm of algorithms) await requestTraining(parts.jobs, tx, algorithm);
      });
      return { algorithms };
    },
  }),
  ...updateJobs(parts),
];

async function settingsOf({ plugins, settings }: TrainingParts, algorithm: string): Promise<{ plugin: string; settings: object }> {
  const plugin = plugins.find((one) => one.algorithms?.some(({ id }) => id === algorithm));
  if (!plugin) throw notFound('algorithm');
  const { settings: wanted } = await settings.state(plugin.id);
  return { plugin: plugin.id, settings: (plugin.config?.parse(wanted) ?? {}) as object };
}
