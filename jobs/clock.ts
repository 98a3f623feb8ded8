import { Agenda, type Job } from 'agenda';
import type { Bus } from '../core/bus.ts';
import type { Sql } from '../core/database/sql.ts';
import type { Logger } from '../core/log.ts';
import { BusChannel } from './channel.ts';
import type { Due } from './ledger.ts';
import { openStore, type Store, type StoreParts } from './store.ts';
import type { Timing } from './timing.ts';

const dispatch = 'run';
const tickOf = (name: string) => `tick ${name}`;
/** Ticks only enqueue; they must not wait behind long runs. */
const roomForTicks = 10;

export interface ClockParts extends StoreParts {
  readonly sql: Sql;
  readonly bus: Bus;
  readonly log: Logger;
  readonly name: string;
  readonly concurrency: number;
  readonly timing: Timing;
  /** Agenda gave this run to this process; resolves when it has ended */
  readonly onRun: (run: Due) => Promise<void>;
  /** there is room for another run */
  readonly onFree: () => void;
  readonly onTick: (name: string) => Promise<void>;
}

/** Agenda, as the clock for cron ticks and the dispatcher that gives each due run to one process with room for it. */
export class Clock {
  readonly #parts: ClockParts;
  readonly #store: Store;
  readonly #channel: BusChannel;
  readonly #agenda: Agenda;

  private constructor(parts: ClockParts, store: Store) {
    const { sql, bus, log, name, concurrency, timing } = parts;
    this.#parts = parts;
    this.#store = store;
    this.#channel = new BusChannel(sql, bus, dispatch);
    this.#channel.on('error', (error) => log.warn('Agenda could not be woken', { reason: error.message }));
    this.#agenda = new Agenda({
      name,
      backend: store.backend,
      notificationChannel: this.#channel,
      processEvery: timing.poll * 1000,
      maxConcurrency: concurrency + roomForTicks,
      defaultConcurrency: 1,
      defaultLockLifetime: timing.lock * 1000,
    });
    this.#agenda.on('error', (error) => log.warn('Agenda met an error', { reason: error.message }));
    this.#agenda.on(`complete:${dispatch}`, (job) => this.#completed(job as Job));
    // It takes no more than it can run at once, so that the rest is left for other processes.
    this.#agenda.define(dispatch, (job: Job<Due>) => this.#run(job), { concurrency, lockLimit: concurrency });
  }

  /** @throws when the store of jobs cannot be reached */
  static async open(parts: ClockParts): Promise<Clock> {
    const clock = new Clock(parts, await openStore(parts));
    await clock.#agenda.start();
    return clock;
  }

  /** Gives a due run to some process that has room for it. */
  async dispatch({ id, name }: Due): Promise<void> {
    await this.#agenda.now(dispatch, { id, name });
  }

  /** Ticks from now on, in UTC. Defined once a name and never undefined: Agenda looks definitions up while it works. */
  async every(name: string, cron: string): Promise<void> {
    const tick = tickOf(name);
    if (!this.#agenda.definitions[tick]) this.#agenda.define(tick, () => this.#parts.onTick(name));
    await this.#agenda.every(cron, tick, undefined, { timezone: 'UTC' });
  }

  /** Takes nothing more, and waits for what runs. */
  async close(ms: number): Promise<void> {
    await this.#agenda.drain({ timeout: ms, closeConnection: false });
    await this.#store.close();
  }

  async #run(job: Job<Due>): Promise<void> {
    // Agenda would give a job away whose lock is old; the ledger would refuse, but this process would then run too many.
    const renew = setInterval(() => void job.touch().catch(() => {}), (this.#parts.timing.lock * 1000) / 3);
    await this.#parts.onRun(job.attrs.data).finally(() => clearInterval(renew));
  }

  /** Agenda fills a freed place only at its next poll, so it is woken, as soon as it has noticed that the place is free. */
  #completed(job: Job): void {
    setImmediate(() => {
      job.remove().catch((error: unknown) => this.#parts.log.debug('a finished job stays in Agenda', { reason: String(error) }));
      void this.#channel.wake(dispatch);
      this.#parts.onFree();
    });
  }
}
