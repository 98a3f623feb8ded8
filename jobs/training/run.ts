import { Worker } from 'node:worker_threads';
import type { Signals } from '../../core/recommend/signals.ts';
import type { Trained } from '../../core/models/registry.ts';

export interface ThreadTask {
  readonly databaseUrl: string;
  readonly algorithm: string;
  readonly settings: object;
  readonly seed: number;
  readonly signals: Signals;
}
export type FromThread = { readonly progress: number; readonly what: string } | { readonly trained: Trained };
export interface Watch {
  readonly signal: AbortSignal;
  readonly progress: (fraction: number, what: string) => void;
}
/** How a model is trained: in a thread on a site, in the same thread in most tests. */
export type Trainer = (task: ThreadTask, watch: Watch) => Promise<Trained>;

/** Trains in a thread of its own, so that the event loop stays free for heartbeats and pages. Aborting ends the thread. */
export const trainInThread: Trainer = (task, { signal, progress }) =>
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
      if ('trained' in message) settle(() => resolve(message.trained));
      else progress(message.progress, message.what);
    });
    thread.on('error', (error) => settle(() => reject(error)));
    thread.on('exit', (code) => settle(() => reject(new Error(`The training thread ended with code ${code} and no model.`))));
  });
