import type { Sql } from '../../core/database/sql.ts';
import { defineJob, type JobDefinition } from '../../core/jobs.ts';

const batch = 10_000;
/** What lists were drawn from is much; expected lifts look back no further. */
const explorationDays = 30;

/** Deletes old lists, with their clicks and outcomes, and old hourly sums. */
export const pruneJob = (sql: Sql, days: number): JobDefinition =>
  defineJob({
    name: 'tracking.prune',
    title: `Delete lists that were shown over ${days} days ago`,
    every: '37 3 * * *',
    async run({ signal }) {
      let lists = 0;
      for (let gone = batch; gone === batch; lists += gone) {
        signal.throwIfAborted();
        gone = (await sql.rows(oldLists, [days, batch])).length;
      }
      await sql.rows('delete from exploration_log where served_at < now() - make_interval(days => $1)', [explorationDays]);
      const hours = await sql.rows('delete from shown_hour where hour < now() - make_interval(days => $1) returning 1', [days]);
      return { lists, hours: hours.length };
    },
  });

/**
 * An experiment counts a viewer's outcomes whichever list they are credited to, so all lists stay of a viewer who is in an
 * experiment that was not released.
 */
const oldLists = `delete from served_list where id in (
    select id from served_list l where served_at < now() - make_interval(days => $1)
      and not exists (select from list_assignment a where a.unit = l.unit) limit $2)
  returning 1`;
