import { defineJob, type JobDefinition } from '../../../core/jobs.ts';
import type { Steering } from './steering.ts';

export const steerJob = (steering: Steering): JobDefinition =>
  defineJob({
    name: 'experiments.steer',
    title: 'Start, widen, pause and end experiments as planned',
    every: '*/3 * * * *',
    run: async ({ signal }) => ({ moved: await steering.look(new Date(), signal) }),
  });
