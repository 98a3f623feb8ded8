import { parentPort, workerData } from 'node:worker_threads';
import { plugins } from '../../config/plugins.ts';
import { connect, sqlOver } from '../../core/database/connect.ts';
import { silent } from '../../core/log.ts';
import type { FromThread } from '../in-thread.ts';
import { loadTrainingData } from '../training/training-data.ts';
import { suggestWeights, type Suggestion } from './suggest.ts';
import type { SuggestTask } from './job.ts';

/** The learning thread: reads the data by itself. It is cancelled by being terminated. */
const { databaseUrl, algorithms: asked, signals, current } = workerData as SuggestTask;
const say = (message: FromThread<Suggestion>): void => parentPort!.postMessage(message);

const sequelize = connect(databaseUrl, 1);
say({ progress: 0, what: 'reading ratings' });
const { data } = await loadTrainingData(sqlOver(sequelize), plugins, signals);
await sequelize.close();
const installed = plugins.flatMap((plugin) => plugin.algorithms ?? []);
const result = await suggestWeights(data, {
  algorithms: asked.map(({ id, settings }) => ({ algorithm: installed.find((one) => one.id === id)!, settings })),
  current,
  log: silent,
  signal: new AbortController().signal,
  progress: (progress, what) => say({ progress, what }),
});
say({ result });
