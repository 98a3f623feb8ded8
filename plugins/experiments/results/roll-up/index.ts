import type { Sql } from '../../../../core/database/sql.ts';
import type { Measures } from '../../../../recommend/measures.ts';
import { addUp } from './sums.ts';
import { countBatch, type Counting } from './batch.ts';
import { noteChanges, noteRoles, numberMetrics } from './queue.ts';

export interface RefreshOptions {
  /** so many units at most; all by default */
  readonly most?: number;
  /** also look for units that became staff, which takes longer the more units there are */
  readonly roles?: boolean;
  /** count everybody anew */
  readonly all?: boolean;
  readonly signal?: AbortSignal;
  readonly progress?: (fraction: number, note?: string) => void;
}
export interface Refreshed {
  readonly counted: number;
  /** units that are still to be counted */
  readonly waiting: number;
}

/** units of one transaction: few enough that it is short, enough that whole tables are not read for each few */
const BATCH = 50_000;

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

  /** One at a time in this process, and each step alone in the database. */
  refresh(options: RefreshOptions = {}): Promise<Refreshed> {
    const turn = this.#running.then(() => this.#refresh(options));
    this.#running = turn.catch(() => {});
    return turn;
  }

  async #refresh({ most = Infinity, roles = false, all = false, signal, progress }: RefreshOptions): Promise<Refreshed> {
    const { metrics, segments } = this.#measures;
    const numbers = await this.#alone(async (tx) => {
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
      counted += await this.#alone((tx) => countBatch(tx, counting, Math.min(BATCH, most - counted)));
      waiting = await this.#waiting();
      progress?.((0.9 * counted) / (counted + waiting), `${counted} of ${Math.max(total, counted + waiting)} units`);
    }
    if (await this.#sql.one('select from experiment_touched limit 1')) await this.#alone((tx) => addUp(tx, counting));
    progress?.(1, 'done');
    return { counted, waiting };
  }

  #alone<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    return this.#sql.transaction(async (tx) => {
      await tx.rows(`select pg_advisory_xact_lock(hashtext('experiments.roll-up'))`);
      return work(tx);
    });
  }

  async #waiting(): Promise<number> {
    return (await this.#sql.one<{ n: number }>('select count(*)::integer as n from experiment_waiting'))!.n;
  }
}
