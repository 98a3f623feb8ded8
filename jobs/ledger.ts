import { randomUUID } from 'node:crypto';
import type { RunStatus } from '../core/console/ports.ts';
import type { Bus } from '../core/bus.ts';
import type { Sql } from '../core/database/sql.ts';
import { topics } from './enqueue.ts';

/** A run that this worker holds, for as long as the token is in the ledger. */
export interface Claim {
  readonly id: number;
  readonly name: string;
  readonly payload: unknown;
  readonly attempt: number;
  readonly token: string;
}
export interface Due {
  readonly id: number;
  readonly name: string;
}

/** The way of a run that ends without success: cancelled if somebody asked for it, dead, or back into the queue. */
const leave = (dead: string) => `
  status = case when cancel_requested then 'cancelled' when ${dead} then 'dead' else 'queued' end,
  finished_at = case when cancel_requested or ${dead} then now() end,
  lease_token = null, lease_until = null`;
const exhausted = 'attempt >= attempts';

/** What workers do with the table of runs. Every change of a running one checks the token: a worker that lost its lease changes nothing. */
export class Ledger {
  readonly #sql: Sql;
  readonly #bus: Bus;
  readonly #worker: string;
  readonly #backoff: number;

  constructor(parts: { readonly sql: Sql; readonly bus: Bus; readonly worker: string; readonly backoff: number }) {
    this.#sql = parts.sql;
    this.#bus = parts.bus;
    this.#worker = parts.worker;
    this.#backoff = parts.backoff;
  }

  /**
   * Marks due runs as handed over: so many that with those already on their way there are `free`.
   * @param patience seconds after which a run that nobody took is due again
   */
  due(names: readonly string[], free: number, patience: number): Promise<Due[]> {
    const ready = `status = 'queued' and run_at <= now() and name = any($1::text[])`;
    return this.#sql.rows<Due>(
      `with due as (
         select id from job_run where ${ready} and (dispatched_at is null or dispatched_at < now() - make_interval(secs => $3))
         order by run_at, id
         limit greatest(0, $2 - (select count(*) from job_run where ${ready} and dispatched_at >= now() - make_interval(secs => $3)))
         for update skip locked)
       update job_run run set dispatched_at = now() from due where run.id = due.id returning run.id, run.name`,
      [names, free, patience],
    );
  }

  /** This worker cannot take it: another one may. */
  async handBack(id: number): Promise<void> {
    await this.#sql.rows(`update job_run set dispatched_at = null where id = $1 and status = 'queued'`, [id]);
  }

  /** @returns undefined when somebody else was faster or it was cancelled */
  async claim(id: number, attempts: number, lease: number): Promise<Claim | undefined> {
    const token = randomUUID();
    const row = await this.#sql.one<Omit<Claim, 'token'>>(
      `update job_run set status = 'running', attempt = attempt + 1, attempts = greatest($3::int, attempt + 1), worker = $5,
         lease_token = $2, lease_until = now() + make_interval(secs => $4), dispatched_at = null,
         started_at = now(), progress = 0, note = '', error = null
       where id = $1 and status = 'queued' and run_at <= now() returning id, name, payload, attempt`,
      [id, token, attempts, lease, this.#worker],
    );
    return row && { ...row, token };
  }

  /** @returns undefined when the lease is lost */
  beat({ id, token }: Claim, lease: number, progress: number, note: string): Promise<{ cancel_requested: boolean } | undefined> {
    return this.#sql.one(
      `update job_run set lease_until = now() + make_interval(secs => $3), progress = $4, note = $5
       where id = $1 and lease_token = $2 returning cancel_requested`,
      [id, token, lease, progress, note],
    );
  }

  /** @param result JSON text */
  end(
    claim: Claim,
    status: 'done' | 'failed' | 'cancelled',
    { result, error }: { result?: string; error?: string } = {},
  ): Promise<RunStatus | undefined> {
    return this.#leave(
      claim,
      `status = $3, result = $4::jsonb, error = $5, progress = case $3 when 'done' then 1 else progress end,
      finished_at = now(), lease_token = null, lease_until = null`,
      [status, result ?? null, error ?? null],
    );
  }

  /** It failed: later once more, or never again. */
  retry(claim: Claim, error: string): Promise<RunStatus | undefined> {
    return this.#leave(claim, `${leave(exhausted)}, error = $3, run_at = now() + job_delay(attempt, $4)`, [error, this.#backoff]);
  }

  /** It was interrupted by no fault of its own: the attempt does not count, and another worker may start at once. */
  release(claim: Claim): Promise<RunStatus | undefined> {
    return this.#leave(claim, `${leave('false')}, attempt = attempt - 1`, []);
  }

  /** Runs whose worker fell silent. Each counts as an attempt, so what kills its workers is dead in the end. */
  async expire(): Promise<void> {
    const late = `status = 'running' and lease_until < now()`;
    if (!(await this.#sql.one(`select from job_run where ${late} limit 1`))) return;
    await this.#sql.transaction(async (tx) => {
      const rows = await tx.rows<{ id: number; status: RunStatus }>(
        `update job_run set ${leave(exhausted)}, error = 'Worker ' || worker || ' stopped answering.', run_at = now() + job_delay(attempt, $1)
         where ${late} returning id, status`,
        [this.#backoff],
      );
      for (const { id, status } of rows) await this.#tell(tx, id, status);
    });
  }

  async #leave({ id, token }: Claim, change: string, bind: readonly unknown[]): Promise<RunStatus | undefined> {
    return this.#sql.transaction(async (tx) => {
      const row = await tx.one<{ status: RunStatus }>(`update job_run set ${change} where id = $1 and lease_token = $2 returning status`, [
        id,
        token,
        ...bind,
      ]);
      if (row) await this.#tell(tx, id, row.status);
      return row?.status;
    });
  }

  #tell(tx: Sql, id: number, status: RunStatus): Promise<void> {
    return status === 'queued' ? this.#bus.notify(tx, topics.due) : this.#bus.notify(tx, topics.settled, String(id));
  }
}
