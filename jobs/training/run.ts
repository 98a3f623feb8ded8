import type { Trained, Updated } from '../../recommend/models/store.ts';
import { inThread, type Watch } from '../in-thread.ts';
import type { TrainTask, UpdateTask } from './tasks.ts';

export type ThreadTask = TrainTask & { readonly databaseUrl: string };
export type ThreadUpdate = UpdateTask & { readonly databaseUrl: string };

/** How models are made: in a thread on a site, in the same thread in most tests. */
export interface Trainer {
  train(task: TrainTask, watch: Watch): Promise<Trained>;
  update(task: UpdateTask, watch: Watch): Promise<Updated | undefined>;
}

const thread = new URL('./thread.js', import.meta.url);

export const trainerInThread = (databaseUrl: string): Trainer => ({
  train: (task, watch) => trainInThread({ ...task, databaseUrl }, watch),
  update: (task, watch) => inThread(thread, { ...task, databaseUrl } satisfies ThreadUpdate, watch),
});

export const trainInThread = (task: ThreadTask, watch: Watch): Promise<Trained> => inThread(thread, task, watch);
