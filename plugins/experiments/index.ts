import { z } from 'zod';
import { definePlugin } from '../../core/plugin.ts';
import { Blends, Bus, Database, Models } from '../../core/services.ts';
import { Tracking } from '../tracking/api.ts';
import { RunningExperiments } from './assignment/running.ts';
import { part } from './console/part.ts';
import { experimentRoutes } from './console/routes.ts';
import { keepJob } from './results/keep.ts';
import { Experiments } from './service.ts';

/** A/B tests of blends: who gets which, and what came of it. */
export default definePlugin({
  id: 'experiments',
  title: 'Experiments',
  description: 'Tests blends against each other on viewers, from the assignment to the decision; switched off, everybody gets the default blend.',
  config: z.object({
    keepDays: z
      .int()
      .min(31)
      .max(3650)
      .default(365)
      .describe('For how many days after its end the lists of an experiment are kept; its results stay for good'),
  }),
  // Tracking holds what was shown to whom; its tables come first.
  requires: { sql: Database, bus: Bus, blends: Blends, models: Models, tracking: Tracking },
  migrations: new URL('./migrations/', import.meta.url),
  console: part,
  async setup({ config, use: { sql, bus, blends, models, tracking }, log }) {
    const running = new RunningExperiments({ sql, models, log });
    return {
      dispose: await running.open(bus),
      assigner: running,
      jobs: [keepJob(sql, tracking, config.keepDays)],
      consoleRoutes: experimentRoutes({ sql, blends, experiments: new Experiments(sql, bus) }),
    };
  },
});
