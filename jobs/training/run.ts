import { Worker } from 'node:worker_threads';
import type { Trained, Updated } from '../../core/models/store.ts';
import type { TrainTask, UpdateTask, Watch } from './tasks.ts';

export type ThreadTask = TrainTask & { readonly databaseUrl: string };
export type ThreadUpdate = UpdateTask & { readonly databaseUrl: string };
export type FromThread = { readonly progress: number; readonly what: string } | { readonly made: Trained | Updated | undefined };

/** How models are made: in a thread on a site, in the same thread in most tests. */
export interface Trainer {
  train(task: TrainTask, watch: Watch): Promise<Trained>;
  update(task: UpdateTask, watch: Watch): Promise<Updated | undefined>;
}

export const trainerInThread = (databaseUrl: string): Trainer => ({
  train: (task, watch) => trainInThread({ ...task, databaseUrl }, watch),
  update: (task, watch) => inThread({ ...task, databaseUrl }, watch) as Promise<Updated | undefined>,
});

export const trainInThread = (task: ThreadTask, watch: Watch): Promise<Trained> => inThread(task, watch) as Promise<Trained>;

/** Works in a thread of its own, so that the event loop stays free for heartbeats and pages. Aborting ends the thread. */
const inThread = (task: ThreadTask | ThreadUpdate, { signal, progress }: Watch): Promise<Trained | Updated | undefined> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./thread.js', import.meta.url), { workerData: task });
    const stop = (): void => {
      void thread.terminate();
      reject(signal.reason as Error);
    };
    const settle = (end: () => void): void => {
      signal.removeEventListener('abort', stop);
      end();
    };
    signal.addEventListener('abort', stop, { once: true });
    thread.on('message', (message: FromThread) => {
      if ('made' in message) settle(() => resolve(message.made));
      else progress(message.progress, message.what);
    });
    thread.on('error', (error) => settle(() => reject(error)));
    thread.on('exit', (code) => settle(() => reject(new Error(`The training thread ended with code ${code} and no model.`))));
  });
