import { parentPort, workerData } from 'node:worker_threads';
import { plugins } from '../../config/plugins.ts';
import { connect, sqlOver } from '../../core/database/connect.ts';
import { train } from './train.ts';
import { loadTrainingData } from './training-data.ts';
import type { FromThread, ThreadTask } from './run.ts';

/** The training thread: reads the data by itself, trains, hands the bytes over. It is cancelled by being terminated. */
const { databaseUrl, algorithm: id, settings, seed, signals } = workerData as ThreadTask;
const say = (message: FromThread): void => parentPort!.postMessage(message);

const sequelize = connect(databaseUrl, 1);
say({ progress: 0, what: 'reading ratings' });
const loaded = await loadTrainingData(sqlOver(sequelize), plugins, signals);
await sequelize.close();
const algorithm = plugins.flatMap((plugin) => plugin.algorithms ?? []).find((one) => one.id === id)!;
const trained = await train(algorithm, loaded, {
  settings,
  seed,
  signal: new AbortController().signal,
  progress: (progress, what) => say({ progress, what }),
});
say({ trained });
