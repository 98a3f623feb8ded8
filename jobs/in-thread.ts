import { Worker } from 'node:worker_threads';

export interface Watch {
  readonly signal: AbortSignal;
  readonly progress: (fraction: number, what: string) => void;
}
export type FromThread<T> = { readonly progress: number; readonly what: string } | { readonly result: T };

const entry = new URL('./thread.js', import.meta.url);

/**
 * Runs a module in a thread of its own, so that the event loop stays free for heartbeats and pages, which have precedence. Aborting ends the thread.
 * @param module compiled; it gets `task` as workerData and posts FromThread messages
 */
export const inThread = <T>(module: URL, task: object, { signal, progress }: Watch): Promise<T> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(entry, { argv: [module.href], workerData: task });
    const stop = (): void => {
      void thread.terminate();
      reject(signal.reason as Error);
    };
    const settle = (end: () => void): void => {
      signal.removeEventListener('abort', stop);
      end();
    };
    signal.addEventListener('abort', stop, { once: true });
    thread.on('message', (message: FromThread<T>) => {
      if ('result' in message) settle(() => resolve(message.result));
      else progress(message.progress, message.what);
    });
    thread.on('error', (error) => settle(() => reject(error)));
    thread.on('exit', (code) => settle(() => reject(new Error(`A thread ended with code ${code} and without a result.`))));
  });
