import type { z } from 'zod';
import type { Sql } from './database/sql.ts';
import type { Logger } from './log.ts';

/** One attempt at a job. */
export interface JobRun<P> {
  readonly id: number;
  readonly payload: P;
  /** aborted when an operator cancels, the lease is lost, the plugin is switched off or the process drains; then throw: what returns counts as done */
  readonly signal: AbortSignal;
  /** fraction 0 … 1 done, with a few words; shown live in the console */
  readonly progress: (fraction: number, note?: string) => void;
  readonly log: Logger;
}

export interface JobDefinition<P = unknown> {
  /** unique over all plugins, "plugin.verb" */
  readonly name: string;
  readonly title: string;
  /** cron, five fields, in UTC; the ledger enqueues one run a tick */
  readonly every?: string;
  readonly payload?: z.ZodType<P>;
  /** how often it is tried before it is dead; default 3 */
  readonly attempts?: number;
  /** seconds without a heartbeat until another worker may take it over; default 30 */
  readonly lease?: number;
  /** What it returns (small, JSON) is kept in the ledger. */
  run(run: JobRun<P>): Promise<unknown>;
}
export const defineJob = <P>(job: JobDefinition<P>): JobDefinition => job as JobDefinition;

export interface Jobs {
  /** Inserts in the caller's transaction; a queued or running job of the same name and key is returned instead of a second one. */
  enqueue(tx: Sql, name: string, payload?: object, options?: { key?: string; at?: Date }): Promise<number>;
  cancel(tx: Sql, id: number): Promise<void>;
  /** Makes it run on this process's workers. Returns the undo, which lets a run in progress end (its signal is aborted). */
  start(job: JobDefinition): () => Promise<void>;
}
