import { defineJob, type JobDefinition } from '../../../../core/jobs.ts';
import type { RollUp } from './index.ts';

/** What changed is counted every minute. At night everything is, so that what no change told of is not missed for long. */
export const rollUpJobs = (rollUp: RollUp): JobDefinition[] => [
  defineJob({
    name: 'experiments.roll-up',
    title: 'Count what viewers in experiments did since the last time',
    every: '* * * * *',
    run: ({ signal, progress }) => rollUp.refresh({ roles: true, signal, progress }),
  }),
  defineJob({
    name: 'experiments.count-anew',
    title: 'Count everything that viewers in experiments did anew',
    every: '17 2 * * *',
    run: ({ signal, progress }) => rollUp.refresh({ roles: true, all: true, signal, progress }),
  }),
];
