import { setTimeout as pause } from 'node:timers/promises';
import { ZodError } from 'zod';
import type { RunStatus } from '../core/console/ports.ts';
import { AppError } from '../core/errors.ts';
import type { JobDefinition } from '../core/jobs.ts';
import type { Logger } from '../core/log.ts';
import { Lease } from './lease.ts';
import type { Claim, Due, Ledger } from './ledger.ts';
import type { Timing } from './timing.ts';

interface Active {
  readonly claim: Claim;
  readonly lease: Lease;
  readonly ended: Promise<void>;
}
type Write = () => Promise<RunStatus | undefined>;

const usualAttempts = 3;
const usualLease = 30;
const longestResult = 100_000;
const longestError = 4000;

/** Runs jobs on this process: claims, keeps the lease, writes down how it ended. */
export class Runner {
  readonly #active = new Map<number, Active>();
  readonly #ledger: Ledger;
  readonly #find: (name: string) => JobDefinition | undefined;
  readonly #timing: Timing;
  readonly #log: Logger;

  /** @param find the job as it is defined on this process right now, if it is */
  constructor(parts: {
    readonly ledger: Ledger;
    readonly find: (name: string) => JobDefinition | undefined;
    readonly timing: Timing;
    readonly log: Logger;
  }) {
    this.#ledger = parts.ledger;
    this.#find = parts.find;
    this.#timing = parts.timing;
    this.#log = parts.log;
  }

  get busy(): number {
    return this.#active.size;
  }

  /** Takes the run if it is still to be had, and resolves when it has ended here. Never rejects. */
  async take({ id, name }: Due, started: () => void): Promise<void> {
    try {
      const job = this.#find(name);
      if (!job) return await this.#ledger.handBack(id);
      const claim = await this.#ledger.claim(id, job.attempts ?? usualAttempts, job.lease ?? usualLease);
      if (!claim) return;
      // The plugin was switched off or restarted meanwhile.
      if (this.#find(name) !== job) return void (await this.#ledger.release(claim));
      const ended = this.#run(job, claim);
      started();
      await ended;
    } catch (error) {
      this.#log.warn('a job run could not be taken', { run: id, reason: (error as Error).message });
    }
  }

  cancel(id: number): void {
    this.#active.get(id)?.lease.interrupt('cancelled');
  }

  /** Reads from the ledger what may have been missed: cancellations, lost leases. */
  async check(): Promise<void> {
    await Promise.all([...this.#active.values()].map(({ lease }) => lease.beat()));
  }

  /** Aborts the runs of this job, or all, and waits for them to end. One that does not end in time loses its lease. */
  async stop(seconds: number, name?: string): Promise<void> {
    const runs = [...this.#active.values()].filter(({ claim }) => name === undefined || claim.name === name);
    for (const { lease } of runs) lease.interrupt('stopped');
    const late = new AbortController();
    await Promise.race([Promise.all(runs.map(({ ended }) => ended)), pause(seconds * 1000, undefined, late).catch(() => {})]);
    late.abort();
    for (const { claim, lease } of runs.filter((run) => this.#active.get(run.claim.id) === run)) {
      this.#log.warn('a job run ignores that it was stopped; it is given to another worker', { run: claim.id, job: claim.name });
      lease.end();
      await this.#ledger.release(claim).catch(() => {});
    }
  }

  #run(job: JobDefinition, claim: Claim): Promise<void> {
    const log = this.#log.child({ run: claim.id, job: claim.name });
    const lease = new Lease(this.#ledger, claim, { seconds: job.lease ?? usualLease, every: this.#timing.progress, log });
    const active = { claim, lease, ended: this.#perform(job, claim, lease, log).finally(() => this.#active.delete(claim.id)) };
    this.#active.set(claim.id, active);
    return active.ended;
  }

  async #perform(job: JobDefinition, claim: Claim, lease: Lease, log: Logger): Promise<void> {
    const started = Date.now();
    const write = await this.#attempt(job, claim, lease, log);
    lease.close();
    const status = await persist(write, lease, log);
    lease.end();
    log.info('job run ended', { attempt: claim.attempt, seconds: (Date.now() - started) / 1000, status: status ?? 'taken over' });
  }

  /** @returns what is to be written into the ledger */
  async #attempt(job: JobDefinition, claim: Claim, lease: Lease, log: Logger): Promise<Write> {
    try {
      const payload = job.payload ? job.payload.parse(claim.payload) : claim.payload;
      const result = toJson(await job.run({ id: claim.id, payload, signal: lease.signal, progress: lease.progress, log }));
      return () => (lease.interruption === 'cancelled' ? this.#ledger.end(claim, 'cancelled') : this.#ledger.end(claim, 'done', { result }));
    } catch (error) {
      return this.#failed(claim, lease, log, error);
    }
  }

  #failed(claim: Claim, lease: Lease, log: Logger, error: unknown): Write {
    const text = messageOf(error);
    if (lease.interruption === 'cancelled') return () => this.#ledger.end(claim, 'cancelled');
    if (lease.interruption === 'stopped') return () => this.#ledger.release(claim);
    log.error(`attempt ${claim.attempt} failed`, error);
    return isFinal(error) ? () => this.#ledger.end(claim, 'failed', { error: text }) : () => this.#ledger.retry(claim, text);
  }
}

/** Refused on purpose, so that the next attempt would be refused as well. */
const isFinal = (error: unknown) => error instanceof ZodError || (error instanceof AppError && error.status < 500);

const messageOf = (error: unknown) =>
  (error instanceof ZodError
    ? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    : error instanceof Error
      ? error.message
      : String(error)
  )
    .replaceAll('\0', '')
    .slice(0, longestError);

/** @throws when it is not small JSON that PostgreSQL can store */
function toJson(result: unknown): string | undefined {
  const text = JSON.stringify(result) as string | undefined;
  if (text !== undefined && (text.length > longestResult || text.includes('\\u0000'))) {
    throw new Error(`A job's result must be JSON of at most ${longestResult} characters without NUL: store the data elsewhere and return its id.`);
  }
  return text;
}

/** A database that restarts is waited for, as long as the lease lasts. */
async function persist(write: Write, lease: Lease, log: Logger): Promise<RunStatus | undefined> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      log.warn('the end of a job run did not reach the database', { reason: (error as Error).message });
    }
    if (lease.interruption === 'lost') return undefined;
    await pause(200);
  }
}
