import { z } from 'zod';
import type { Bus } from '../../core/bus.ts';
import { defineJob, type JobDefinition } from '../../core/jobs.ts';
import { Catalogues } from '../../recommend/ports.ts';
import { updateSource } from '../../recommend/models/stored.ts';
import type { AnyAlgorithm } from '../../recommend/algorithm.ts';
import { changedUnits } from './batch.ts';
import type { TrainingParts } from './job.ts';

const updateAllJob = 'models.update-all';
const updateJob = 'models.update';
/** Milliseconds after a change of the catalogue: several changes make one update, and processes have read it by then. */
const pause = 2000;

/** A new film need not wait for the clock. Beside a run that waits already nothing is asked for. @returns the undo */
export const updateOnNewFilms = ({ sql, jobs, bus }: Pick<TrainingParts, 'sql' | 'jobs'> & { readonly bus: Bus }): (() => void) =>
  bus.on('catalogue', async () => void (await jobs.enqueue(sql, updateAllJob, {}, { key: 'catalogue', at: new Date(Date.now() + pause) })));

/**
 * Micro-batches: every few minutes the models in service are brought up to date with what viewers did and with new films.
 * A run that finds nothing new asks for nothing. One at a time of each algorithm; beside a training they may run, because
 * the registry drops an update whose model is no longer in service.
 */
export const updateJobs = (parts: TrainingParts): JobDefinition[] => [
  defineJob({
    name: updateAllJob,
    title: 'Update the models with what changed',
    every: parts.update,
    async run() {
      const outcome: Record<string, string> = {};
      for (const { algorithm } of parts.recommender.algorithms()) outcome[algorithm.id] = await requestUpdate(parts, algorithm);
      return outcome;
    },
  }),
  defineJob({
    name: updateJob,
    title: 'Update a model',
    payload: z.object({ algorithm: z.string() }),
    async run({ payload: { algorithm }, signal, progress }) {
      const updated = await parts.trainer.update({ kind: 'update', algorithm, signals: parts.recommender.signals() }, { signal, progress });
      if (!updated) return { updated: false, why: 'nothing changed' };
      signal.throwIfAborted();
      const model = await parts.models.publishUpdate(updated);
      if (model === undefined) return { updated: false, why: 'another model came into service meanwhile' };
      const { units, films, seconds } = updated;
      return { updated: true, model, units, films, seconds };
    },
  }),
];

/** Asks for an update where there is something to do. @returns what was found, in words */
async function requestUpdate({ sql, jobs, plugins, host }: TrainingParts, { id, update }: AnyAlgorithm): Promise<string> {
  if (!update) return 'only trained as a whole';
  const source = await updateSource(sql, id);
  if (!source) return 'no model';
  if (source.snapshot === null) return 'waits for its next training: this model does not say what it has seen';
  const films = host.find(Catalogues)?.current().size ?? source.films,
    units = await changedUnits(sql, plugins, source.snapshot);
  if (units.length === 0 && films === source.films) return 'nothing changed';
  await jobs.enqueue(sql, updateJob, { algorithm: id }, { key: id });
  return `${units.length} viewers changed, ${films - source.films} films are new`;
}
