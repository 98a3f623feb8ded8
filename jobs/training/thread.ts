import { parentPort, workerData } from 'node:worker_threads';
import { plugins } from '../../config/plugins.ts';
import { connect, sqlOver } from '../../core/database/connect.ts';
import { trainTask, updateTask, type Watch } from './tasks.ts';
import type { FromThread, ThreadTask, ThreadUpdate } from './run.ts';

/** The training thread: reads the data by itself, works, hands the bytes over. It is cancelled by being terminated. */
const { databaseUrl, ...task } = workerData as ThreadTask | ThreadUpdate;
const say = (message: FromThread): void => parentPort!.postMessage(message);
const watch: Watch = { signal: new AbortController().signal, progress: (progress, what) => say({ progress, what }) };

const sequelize = connect(databaseUrl, 1),
  sql = sqlOver(sequelize);
const made = await (task.kind === 'train' ? trainTask(sql, plugins, task, watch) : updateTask(sql, plugins, task, watch));
await sequelize.close();
say({ made });
