import type { JobRunView, RunQuery } from '../core/console/ports.ts';
import { conflict, notFound } from '../core/errors.ts';
import type { Sql } from '../core/database/sql.ts';
import type { Jobs } from '../core/jobs.ts';

const columns = `id, name, key, payload, status, attempt, attempts, run_at as "runAt", progress, note, result, error, worker,
  cancel_requested as "cancelRequested", created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;

/** The latest first. */
export function listRuns(sql: Sql, { status, name, before, routine = true, limit = 50 }: RunQuery = {}): Promise<JobRunView[]> {
  return sql.rows<JobRunView>(
    `select ${columns} from job_run
     where ($1::text is null or status = $1) and ($2::text is null or name = $2) and ($3::int is null or id < $3)
       and ($4 or status <> 'done' or key is null or key not like 'tick %')
     order by id desc limit $5`,
    [status ?? null, name ?? null, before ?? null, routine, Math.min(Math.max(1, limit), 500)],
  );
}

/** @throws AppError when there is none */
export async function readRun(sql: Sql, id: number): Promise<JobRunView> {
  const run = await sql.one<JobRunView>(`select ${columns} from job_run where id = $1`, [id]);
  if (!run) throw notFound('run');
  return run;
}

/**
 * A run that ended without success is tried again as a new one; the old one stays as it was.
 * @returns the new run's id
 * @throws AppError when there is no such run, or it succeeded, or has not ended
 */
export async function retryRun(tx: Sql, jobs: Jobs, id: number): Promise<number> {
  const run = await readRun(tx, id);
  if (!['dead', 'failed', 'cancelled'].includes(run.status)) throw conflict('Only a run that failed or was cancelled can be tried again.');
  return jobs.enqueue(tx, run.name, run.payload, { key: run.key ?? undefined });
}
