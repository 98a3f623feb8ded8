import type { Context, Refs } from '../../core/plugin.ts';
import type { Sql } from '../../core/database/sql.ts';
import { defineJob, type JobDefinition } from '../../core/jobs.ts';
import { UnitsMerged } from './api.ts';

/** Forgets old attempts, links and letters, and brings along what requests under way wrote to a unit while it was merged. */
export const tidyJob = (sql: Sql, publish: Context<unknown, Refs>['publish']): JobDefinition =>
  defineJob({
    name: 'accounts.tidy',
    title: 'Tidy accounts and merged visitors',
    every: '23 * * * *',
    async run() {
      await sql.rows('delete from sign_in_attempt where expire < $1', [Date.now()]);
      await sql.rows('delete from reset_link where expires_at < now()');
      await sql.rows(`delete from unsent_letter where at < now() - interval '1 day'`);
      const merged = await sql.rows<{ from: number; into: number }>(
        `select id as "from", merged_into as "into" from unit where merged_at > now() - interval '1 day' order by id`,
      );
      for (const pair of merged) publish(UnitsMerged, pair);
      return { merged: merged.length };
    },
  });
