import { setTimeout as pause } from 'node:timers/promises';
import type { Sql } from '../../../../core/database/sql.ts';
import type { Measures } from '../../../../recommend/measures.ts';
import { countBatch, type Counting } from './batch.ts';
import { noteChanges, noteRoles, numberMetrics } from './queue.ts';

export interface RefreshOptions {
  /** so many units at most; all by default */
  readonly most?: number;
  /** also look for units that became staff, which takes longer the more units there are */
  readonly roles?: boolean;
  /** count everybody anew */
  readonly all?: boolean;
  /** milliseconds to wait while somebody else counts; as long as it takes by default */
  readonly patience?: number;
  readonly signal?: AbortSignal;
  readonly progress?: (fraction: number, note?: string) => void;
}
export interface Refreshed {
  readonly counted: number;
  /** units that are still to be counted */
  readonly waiting: number;
}

/** units of one transaction: few enough that it is short, enough that whole tables are not read for each few */
const BATCH = 25_000;

/**
 * Keeps the sums that results are made of. A unit of whom something changed is counted anew from all that is known of it, so
 * that it does not matter in which order things are told, how late, or how often this runs. What was counted, stays: an
 * interrupted run goes on where it stopped.
 */
export class RollUp {
  readonly #sql: Sql;
  readonly #measures: Pick<Measures, 'metrics' | 'segments'>;
  #running: Promise<unknown> = Promise.resolve();

  constructor(sql: Sql, measures: Pick<Measures, 'metrics' | 'segments'>) {
    this.#sql = sql;
    this.#measures = measures;
  }

  /** One at a time in this process, and each step alone in the database. Who does not wait gets what was counted so far. */
  async refresh(options: RefreshOptions = {}): Promise<Refreshed> {
    const { patience } = options,
      busy = async (): Promise<Refreshed> => ({ counted: 0, waiting: await this.#waiting() });
    if (patience !== undefined && !(await endsWithin(this.#running, patience))) return busy();
    const turn = this.#running.then(() => this.#refresh(options));
    this.#running = turn.catch(() => {});
    return turn.catch((error: unknown) => (isBusy(error) ? busy() : Promise.reject(error as Error)));
  }

  async #refresh({ most = Infinity, roles = false, all = false, patience, signal, progress }: RefreshOptions): Promise<Refreshed> {
    const { metrics, segments } = this.#measures;
    const numbers = await this.#alone(patience, async (tx) => {
      const { numbers: known, changed } = await numberMetrics(tx, metrics);
      await noteChanges(tx, metrics, all || changed);
      if (roles) await noteRoles(tx);
      return known;
    });
    const counting: Counting = { metrics, segments, numbers };
    let counted = 0,
      waiting = await this.#waiting();
    const total = waiting;
    while (waiting > 0 && counted < most) {
      signal?.throwIfAborted();
      counted += await this.#alone(patience, (tx) => countBatch(tx, counting, Math.min(BATCH, most - counted)));
      waiting = await this.#waiting();
      progress?.(counted / (counted + waiting), `${counted} of ${Math.max(total, counted + waiting)} units`);
    }
    progress?.(1, 'done');
    return { counted, waiting };
  }

  #alone<T>(patience: number | undefined, work: (tx: Sql) => Promise<T>): Promise<T> {
    return this.#sql.transaction(async (tx) => {
      if (patience !== undefined) await tx.rows(`set local lock_timeout = ${patience}`);
      await tx.rows(`select pg_advisory_xact_lock(hashtext('experiments.roll-up'))`);
      await tx.rows('set local lock_timeout = 0');
      return work(tx);
    });
  }

  async #waiting(): Promise<number> {
    return (await this.#sql.one<{ n: number }>('select count(*)::integer as n from experiment_waiting'))!.n;
  }
}

/** PostgreSQL's lock_not_available. */
const isBusy = (error: unknown): boolean => (error as { code?: string }).code === '55P03';

async function endsWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const timer = new AbortController();
  const late = pause(milliseconds, false, { signal: timer.signal }).catch(() => false);
  return Promise.race([work.then(() => true), late]).finally(() => timer.abort());
}
