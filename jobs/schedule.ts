import type { Sql } from '../core/database/sql.ts';
import type { Clock } from './clock.ts';
import { lastTick } from './cron.ts';
import type { Timing } from './timing.ts';

interface Scheduled {
  readonly name: string;
  readonly every?: string | undefined;
}

/**
 * Turns cron ticks into runs. Agenda says when; that each tick is taken once, and none is lost while processes or
 * the database are down, is kept in the table job_tick.
 */
export class Schedule {
  readonly #sql: Sql;
  readonly #timing: Timing;
  readonly #enqueue: (tx: Sql, name: string, key: string) => Promise<unknown>;
  /** by job: the last tick that this process has seen to */
  readonly #seen = new Map<string, number>();

  constructor(parts: { readonly sql: Sql; readonly timing: Timing; readonly enqueue: (tx: Sql, name: string, key: string) => Promise<unknown> }) {
    this.#sql = parts.sql;
    this.#timing = parts.timing;
    this.#enqueue = parts.enqueue;
  }

  /** Sets the clock for a job that is new here, and takes a tick that was missed. Asks the database only if there is something to do. */
  async keep({ name, every }: Scheduled, clock: Clock): Promise<void> {
    if (!every) return;
    const now = this.#timing.now();
    if (!this.#seen.has(name)) {
      // A job that no process has ever seen has missed nothing.
      await this.#sql.rows('insert into job_tick (name, tick) values ($1, $2) on conflict (name) do nothing', [name, lastTick(every, now)]);
      await clock.every(name, every);
      this.#seen.set(name, 0);
    }
    const due = lastTick(every, now - this.#timing.tick * 1000);
    if (due.getTime() > this.#seen.get(name)!) await this.#take(name, due);
  }

  /** It is time. */
  async tick({ name, every }: Scheduled): Promise<void> {
    if (every) await this.#take(name, lastTick(every, this.#timing.now()));
  }

  /** The job is switched off here, or comes back with another schedule. */
  forget(name: string): void {
    this.#seen.delete(name);
  }

  /**
   * One run, however many processes come with this tick. None while the run of an earlier tick still waits or runs:
   * a job that takes longer than its interval does not overtake itself.
   */
  async #take(name: string, tick: Date): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      const first = await tx.one('update job_tick set tick = $2 where name = $1 and tick < $2 returning name', [name, tick]);
      if (!first) return;
      const earlier = await tx.one(`select from job_run where name = $1 and key like 'tick %' and status in ('queued', 'running')`, [name]);
      if (!earlier) await this.#enqueue(tx, name, `tick ${tick.toISOString()}`);
    });
    this.#seen.set(name, tick.getTime());
  }
}
