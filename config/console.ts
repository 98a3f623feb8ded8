import type { RequestHandler } from 'express';
import { createConsole } from '../core/console/index.ts';
import type { AppCore } from '../core/app.ts';
import type { FoundViewer } from '../core/console/ports.ts';
import type { Sql } from '../core/database/sql.ts';
import type { RunningJobs } from '../jobs/index.ts';
import { listRuns, retryRun } from '../jobs/read.ts';
import { suggestJob } from '../jobs/weights/job.ts';
import { requestTraining, trainJob } from '../jobs/training/job.ts';
import { consoleFolder } from './paths.ts';

/** The console over the parts of this process. Slow to import, because of AdminJS. */
export function openConsole(core: AppCore, jobs: RunningJobs): RequestHandler {
  const { sql } = core;
  return createConsole({
    ...core,
    jobs,
    bundle: consoleFolder,
    desk: {
      runs: (query) => listRuns(sql, query),
      definitions: () => jobs.definitions(),
      retry: (tx, id) => retryRun(tx, jobs, id),
      train: (tx, algorithm) => requestTraining(jobs, tx, algorithm),
      training: trainJob,
      suggesting: suggestJob,
    },
    viewerSearch: (text) => viewersLike(sql, text),
  });
}

/** Real accounts before simulated ones. */
function viewersLike(sql: Sql, text: string): Promise<FoundViewer[]> {
  return sql.rows<FoundViewer>(
    `select u.id as unit, a.handle, a.name, a.simulated from account a join unit u on u.account = a.id
    where a.handle ilike $1 or a.name ilike $1 or a.name ilike $2 order by a.simulated, a.role <> 'viewer', a.handle limit 8`,
    [`${escaped(text)}%`, `% ${escaped(text)}%`],
  );
}
const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
