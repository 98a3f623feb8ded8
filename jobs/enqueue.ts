import type { RunStatus } from '../core/console/ports.ts';
import { conflict, notFound } from '../core/errors.ts';
import type { Bus } from '../core/bus.ts';
import type { Sql } from '../core/database/sql.ts';

/** What the processes tell each other about runs. */
export const topics = {
  /** something may be due */
  due: 'jobs.due',
  /** "<id>": an operator cancelled this running one */
  cancel: 'jobs.cancel',
  /** "<id>": this run has ended, well or badly */
  settled: 'jobs.settled',
} as const;

const alive = `status in ('queued', 'running')`;

export interface Request {
  readonly name: string;
  readonly payload: object;
  readonly key: string | undefined;
  readonly at: Date | undefined;
}

/** @returns the id of the new run, or of the one with this key that still waits or runs */
export async function enqueue(tx: Sql, bus: Bus, { name, payload, key, at }: Request): Promise<number> {
  for (;;) {
    const added = await tx.one<{ id: number }>(
      `insert into job_run (name, key, payload, run_at) values ($1, $2, $3::jsonb, coalesce($4::timestamptz, now()))
       on conflict (name, key) where ${alive} do nothing returning id`,
      [name, key ?? null, JSON.stringify(payload), at ?? null],
    );
    if (added) {
      await bus.notify(tx, topics.due);
      return added.id;
    }
    // Not "do update returning id": that would lock the row against its worker's heartbeats until the caller commits.
    const other = await tx.one<{ id: number }>(`select id from job_run where name = $1 and key = $2 and ${alive}`, [name, key]);
    if (other) return other.id;
  }
}

/**
 * Ends a waiting run at once; a running one as soon as its worker hears of it.
 * @throws AppError when there is no such run or it has ended
 */
export async function cancel(tx: Sql, bus: Bus, id: number): Promise<void> {
  const row = await tx.one<{ status: RunStatus }>(
    `update job_run set cancel_requested = true,
       status = case status when 'queued' then 'cancelled' else status end,
       finished_at = case status when 'queued' then now() end
     where id = $1 and ${alive} returning status`,
    [id],
  );
  if (row) return bus.notify(tx, row.status === 'cancelled' ? topics.settled : topics.cancel, String(id));
  throw (await tx.one('select from job_run where id = $1', [id])) ? conflict('This run has ended already.') : notFound('run');
}

export interface Ending {
  readonly status: RunStatus;
  readonly result: unknown;
  readonly error: string | null;
}

/** Resolves when the run has ended, in whichever process. Rejects when there is none, or when the database cannot be asked. */
export function settled(sql: Sql, bus: Bus, id: number): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const look = async () => {
      const run = await sql.one<Ending & { alive: boolean }>(`select status, result, error, ${alive} as alive from job_run where id = $1`, [id]);
      if (!run) throw notFound('run');
      if (run.alive) return;
      off();
      resolve({ status: run.status, result: run.result, error: run.error });
    };
    const lookOrGiveUp = () =>
      look().catch((error: unknown) => {
        off();
        reject(error);
      });
    // undefined: the connection was lost, so news may have been missed
    const off = bus.on(topics.settled, (text) => (text === undefined || text === String(id) ? lookOrGiveUp() : undefined));
    void lookOrGiveUp();
  });
}
