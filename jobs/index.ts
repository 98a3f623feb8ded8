import type { JobView } from '../core/console/ports.ts';
import { duplicate, invalid } from '../core/errors.ts';
import type { Bus } from '../core/bus.ts';
import type { Sql } from '../core/database/sql.ts';
import type { JobDefinition, Jobs } from '../core/jobs.ts';
import type { Logger } from '../core/log.ts';
import { Clock } from './clock.ts';
import { coalesce } from './coalesce.ts';
import { checkCron, nextTick } from './cron.ts';
import { cancel, enqueue, settled, topics, type Ending } from './enqueue.ts';
import { Ledger } from './ledger.ts';
import { pruneJob } from './prune.ts';
import { Runner } from './runner.ts';
import { Schedule } from './schedule.ts';
import { usualTiming, type Timing } from './timing.ts';

export interface JobOptions {
  readonly sql: Sql;
  readonly bus: Bus;
  readonly databaseUrl: string;
  /** mongodb://… keeps Agenda's jobs there; the ledger stays in PostgreSQL */
  readonly jobsUrl?: string | undefined;
  readonly log: Logger;
  /** false: only enqueues, for processes that serve pages */
  readonly work: boolean;
  /** of this process, unique among all of the site */
  readonly name: string;
  /** runs at a time on this process; default 2 */
  readonly concurrency?: number;
  readonly timing?: Partial<Timing>;
}
export const createJobs = (options: JobOptions): RunningJobs => new RunningJobs(options);

/** The job ledger of this process, and the worker if it is one. */
export class RunningJobs implements Jobs {
  readonly #options: JobOptions;
  readonly #timing: Timing;
  readonly #concurrency: number;
  readonly #defined = new Map<string, JobDefinition>();
  readonly #ledger: Ledger;
  readonly #runner: Runner;
  readonly #schedule: Schedule;
  readonly #tend = coalesce(() => this.#look());
  readonly #offs: (() => void)[] = [];
  #clock: Clock | undefined;
  #timer: NodeJS.Timeout | undefined;
  #drained: Promise<void> | undefined;
  #sweeping: Promise<void> = Promise.resolve();
  #failing = false;
  #closed = false;

  constructor(options: JobOptions) {
    const { sql, bus, log, name } = options;
    this.#options = options;
    this.#timing = { ...usualTiming, ...options.timing };
    this.#concurrency = options.concurrency ?? 2;
    this.#ledger = new Ledger({ sql, bus, worker: name, backoff: this.#timing.backoff });
    const find = (job: string) => (this.#closed ? undefined : this.#defined.get(job));
    this.#runner = new Runner({ ledger: this.#ledger, find, timing: this.#timing, log });
    this.#schedule = new Schedule({ sql, timing: this.#timing, enqueue: (tx, job, key) => this.enqueue(tx, job, {}, { key }) });
  }

  async enqueue(tx: Sql, name: string, payload: object = {}, { key, at }: { key?: string; at?: Date } = {}): Promise<number> {
    const refused = this.#defined.get(name)?.payload?.safeParse(payload).error;
    if (refused) throw invalid(Object.fromEntries(refused.issues.map(({ path, message }) => [path.join('.'), message])));
    return enqueue(tx, this.#options.bus, { name, payload, key, at });
  }

  cancel(tx: Sql, id: number): Promise<void> {
    return cancel(tx, this.#options.bus, id);
  }

  /** Resolves when this run has ended, in whichever process. */
  settled(id: number): Promise<Ending> {
    return settled(this.#options.sql, this.#options.bus, id);
  }

  start(job: JobDefinition): () => Promise<void> {
    if (this.#defined.has(job.name)) throw duplicate('job', job.name);
    if (job.every !== undefined) checkCron(job.name, job.every);
    this.#defined.set(job.name, job);
    void this.#tendSafely();
    return async () => {
      this.#defined.delete(job.name);
      this.#schedule.forget(job.name);
      await this.#runner.stop(this.#timing.patience, job.name);
    };
  }

  /** What is switched on here; runs of other names wait until their plugin is switched on. */
  definitions(): JobView[] {
    return [...this.#defined.values()].map(({ name, title, every }) => ({
      name,
      title,
      every,
      next: every ? nextTick(every, this.#timing.now()) : undefined,
    }));
  }

  /** Starts to work, if this process does. A database that is out of reach is tried again every few seconds. */
  async begin(): Promise<void> {
    const { sql, bus, work } = this.#options;
    this.start(pruneJob(sql));
    if (!work) return;
    this.#offs.push(
      bus.on(topics.due, () => this.#tendSafely()),
      bus.on(topics.cancel, (id) => (id === undefined ? this.#runner.check() : this.#runner.cancel(Number(id)))),
    );
    await (this.#sweeping = this.#sweep());
  }

  /** Takes nothing more, aborts what runs and waits for it. What has not ended by then is left to other workers. */
  drain(ms: number): Promise<void> {
    return (this.#drained ??= this.#drain(ms));
  }

  async #drain(ms: number): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const off of this.#offs) off();
    await Promise.all([this.#runner.stop(ms / 1000), this.#sweeping.then(() => this.#clock?.close(ms))]);
  }

  async #sweep(): Promise<void> {
    try {
      await this.#ledger.expire();
      this.#clock ??= await this.#open();
      await this.#tend();
      if (this.#failing) this.#options.log.info('the job queue works again');
      this.#failing = false;
    } catch (error) {
      if (!this.#failing && !this.#closed)
        this.#options.log.warn('the job queue is out of reach; trying again', { reason: (error as Error).message });
      this.#failing = true;
    }
    if (!this.#closed)
      this.#timer = setTimeout(() => {
        this.#sweeping = this.#sweep();
      }, this.#timing.sweep * 1000);
  }

  #open(): Promise<Clock> {
    const { sql, bus, databaseUrl, jobsUrl, log, name } = this.#options;
    return Clock.open({
      sql,
      bus,
      databaseUrl,
      jobsUrl,
      log,
      name,
      concurrency: this.#concurrency,
      timing: this.#timing,
      onRun: (run) => this.#runner.take(run, () => void this.#tendSafely()),
      onFree: () => void this.#tendSafely(),
      onTick: (job) => this.#schedule.tick(this.#defined.get(job) ?? { name: job }),
    });
  }

  /** Failures are the sweep's to report: it comes to the same place soon. */
  #tendSafely(): Promise<void> {
    return this.#tend().catch(() => {});
  }

  async #look(): Promise<void> {
    if (!this.#clock || this.#closed) return;
    for (const job of this.#defined.values()) await this.#schedule.keep(job, this.#clock);
    const free = this.#concurrency - this.#runner.busy;
    if (free <= 0) return;
    const due = await this.#ledger.due([...this.#defined.keys()], free, this.#timing.dispatch);
    for (const run of due) await this.#clock.dispatch(run);
  }
}
