import type { JobRun } from '../core/jobs.ts';
import type { Logger } from '../core/log.ts';
import type { Claim, Ledger } from './ledger.ts';

/** Why a run was aborted: by an operator, because its plugin or process ends, or because another worker may have it now. */
export type Interruption = 'cancelled' | 'stopped' | 'lost';
const reasons: Readonly<Record<Interruption, string>> = {
  cancelled: 'An operator cancelled this run.',
  stopped: 'The plugin or the process of this run is being stopped.',
  lost: 'The database was out of reach for so long that another worker may have taken this run over.',
};
const longestNote = 500;

/** Keeps a claim alive with heartbeats while the job runs, and carries its progress with them. */
export class Lease {
  readonly #controller = new AbortController();
  readonly #ledger: Ledger;
  readonly #claim: Claim;
  readonly #seconds: number;
  readonly #every: number;
  readonly #log: Logger;
  readonly #expiry: NodeJS.Timeout;
  #interruption: Interruption | undefined;
  #progress = 0;
  #note = '';
  #unwritten = false;
  #beating = false;
  #closed = false;
  #lastBeat = Date.now();
  #next: NodeJS.Timeout | undefined;

  /** @param every seconds between two writes of progress */
  constructor(ledger: Ledger, claim: Claim, { seconds, every, log }: { readonly seconds: number; readonly every: number; readonly log: Logger }) {
    this.#ledger = ledger;
    this.#claim = claim;
    this.#seconds = seconds;
    this.#every = every;
    this.#log = log;
    this.#expiry = setTimeout(() => this.interrupt('lost'), seconds * 1000);
    this.#plan();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get interruption(): Interruption | undefined {
    return this.#interruption;
  }

  interrupt(why: Interruption): void {
    if (this.#interruption) return;
    this.#interruption = why;
    this.#controller.abort(new Error(reasons[why]));
  }

  readonly progress: JobRun<unknown>['progress'] = (fraction, note = '') => {
    this.#progress = Math.min(1, Math.max(0, fraction || 0));
    this.#note = note.replaceAll('\0', '').slice(0, longestNote);
    this.#unwritten = true;
    this.#plan();
  };

  /** Renews the lease, writes the progress and sees whether an operator cancelled. */
  async beat(): Promise<void> {
    clearTimeout(this.#next);
    this.#beating = true;
    this.#unwritten = false;
    try {
      const kept = await this.#ledger.beat(this.#claim, this.#seconds, this.#progress, this.#note);
      if (!kept) this.interrupt('lost');
      else if (kept.cancel_requested) this.interrupt('cancelled');
      if (!this.#closed) this.#expiry.refresh();
    } catch (error) {
      this.#log.warn('a heartbeat did not reach the database', { reason: (error as Error).message });
    } finally {
      this.#beating = false;
      this.#lastBeat = Date.now();
      this.#plan();
    }
  }

  /** No more heartbeats. `interruption` still becomes "lost" when the lease runs out. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#next);
  }

  /** The claim is given up: nothing is left to be lost. */
  end(): void {
    this.close();
    clearTimeout(this.#expiry);
  }

  #plan(): void {
    if (this.#closed || this.#beating) return;
    const wait = this.#unwritten ? Math.min(this.#every, this.#seconds / 3) : this.#seconds / 3;
    clearTimeout(this.#next);
    this.#next = setTimeout(() => void this.beat(), Math.max(0, this.#lastBeat + wait * 1000 - Date.now()));
  }
}
