import type { Sql } from '../../../core/database/sql.ts';
import { defineJob, type JobDefinition } from '../../../core/jobs.ts';

/** Programs repeat what they sent within hours, not months: after that an id takes up room for nothing. */
export const forgetJob = (sql: Sql, days: number): JobDefinition =>
  defineJob({
    name: 'history.forget-ids',
    title: `Forget the ids of interactions received over ${days} days ago`,
    every: '42 3 * * *',
    async run() {
      const gone = await sql.rows('delete from api_interaction where received_at < now() - make_interval(days => $1) returning 1', [days]);
      return { forgotten: gone.length };
    },
  });
