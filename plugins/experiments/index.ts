import { definePlugin } from '../../core/plugin.ts';
import { Blends, Bus, Database } from '../../core/services.ts';
import { Tracking } from '../tracking/api.ts';
import { RunningExperiments } from './assigner.ts';
import { part } from './console/part.ts';
import { experimentRoutes } from './console/routes.ts';
import { Experiments } from './service.ts';

/** A/B tests of blends: who gets which, and what came of it. */
export default definePlugin({
  id: 'experiments',
  title: 'Experiments',
  description: 'Tests blends against each other on viewers, from the assignment to the decision; switched off, everybody gets the default blend.',
  // Tracking holds what was shown to whom; its tables come first.
  requires: { sql: Database, bus: Bus, blends: Blends, tracking: Tracking },
  migrations: new URL('./migrations/', import.meta.url),
  console: part,
  async setup({ use: { sql, bus, blends } }) {
    const running = new RunningExperiments(sql);
    return {
      dispose: await running.open(bus),
      assigner: running,
      consoleRoutes: experimentRoutes({ sql, blends, experiments: new Experiments(sql, bus) }),
    };
  },
});
