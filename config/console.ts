import type { RequestHandler } from 'express';
import { createConsole } from '../core/console/index.ts';
import type { AppCore } from '../core/app.ts';
import type { RunningJobs } from '../jobs/index.ts';
import { listRuns, retryRun } from '../jobs/read.ts';
import { suggestJob } from '../jobs/weights/job.ts';
import { requestTraining, trainJob } from '../jobs/training/job.ts';
import { Accounts } from '../plugins/accounts/api.ts';
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
    viewerSearch: async (text) => (await core.host.find(Accounts)?.search(text)) ?? [],
    refuseUnknown: async (unit) => core.host.find(Accounts)?.refuseUnknown(unit),
  });
}
