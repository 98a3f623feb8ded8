import type { Sql } from '../core/database/sql.ts';
import { defineJob } from '../core/jobs.ts';

const days = 30;

export const pruneJob = (sql: Sql) =>
  defineJob({
    name: 'jobs.prune',
    title: `Delete job runs that ended over ${days} days ago`,
    every: '17 3 * * *',
    async run() {
      const gone = await sql.rows('delete from job_run where finished_at < now() - make_interval(days => $1) returning id', [days]);
      return { deleted: gone.length };
    },
  });
