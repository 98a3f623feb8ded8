import { parentPort, workerData } from 'node:worker_threads';
import { plugins } from '../../config/plugins.ts';
import { connect, sqlOver } from '../../core/database/connect.ts';
import type { Trained, Updated } from '../../recommend/models/store.ts';
import type { FromThread, Watch } from '../in-thread.ts';
import { trainTask, updateTask } from './tasks.ts';
import type { ThreadTask, ThreadUpdate } from './run.ts';

/** The training thread: reads the data by itself, works, hands the bytes over. It is cancelled by being terminated. */
const { databaseUrl, ...task } = workerData as ThreadTask | ThreadUpdate;
const say = (message: FromThread<Trained | Updated | undefined>): void => parentPort!.postMessage(message);
const watch: Watch = { signal: new AbortController().signal, progress: (progress, what) => say({ progress, what }) };

const sequelize = connect(databaseUrl, 1),
  sql = sqlOver(sequelize);
const result = await (task.kind === 'train' ? trainTask(sql, plugins, task, watch) : updateTask(sql, plugins, task, watch));
await sequelize.close();
say({ result });
