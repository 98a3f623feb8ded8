import { BaseNotificationChannel, toJobId, type JobNotification } from 'agenda';
import type { Bus } from '../core/bus.ts';
import type { Sql } from '../core/database/sql.ts';

const topic = 'agenda';

/**
 * Agenda's wake-up calls over the site's own bus, so that they work the same over every store of jobs and need no
 * further connection. It carries the names of jobs only: what is due, Agenda reads from its store.
 */
export class BusChannel extends BaseNotificationChannel {
  readonly #sql: Sql;
  readonly #bus: Bus;
  readonly #always: string;
  #off: (() => void) | undefined;

  /** @param always the job to look for when the bus may have missed something */
  constructor(sql: Sql, bus: Bus, always: string) {
    super();
    this.#sql = sql;
    this.#bus = bus;
    this.#always = always;
  }

  async connect(): Promise<void> {
    this.#off ??= this.#bus.on(topic, (name) => this.wake(name ?? this.#always));
    this.setState('connected');
  }

  async disconnect(): Promise<void> {
    this.#off?.();
    this.#off = undefined;
    this.setState('disconnected');
  }

  publish({ jobName }: JobNotification): Promise<void> {
    return this.#bus.notify(this.#sql, topic, jobName);
  }

  /** Makes Agenda look now for due jobs of this name. */
  wake(name: string): Promise<void> {
    return this.notifyHandlers({ jobId: toJobId(''), jobName: name, nextRunAt: null, priority: 0, timestamp: new Date() });
  }
}
