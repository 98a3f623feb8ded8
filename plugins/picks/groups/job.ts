import type { Sql } from '../../../core/database/sql.ts';
import { defineJob, type JobDefinition } from '../../../core/jobs.ts';
import { replaceGroups } from '../store.ts';
import { candidates, starsOf } from './candidates.ts';
import type { Group } from './film.ts';
import { groupsByGenre } from './genres.ts';
import { groupsByTaste } from './taste.ts';

export const groupsJob = 'picks.groups';
/** Tastes show only in so many ratings. */
const fewestRatings = 1000;
const seed = 1;

/** Makes the groups that newcomers choose from, so that pages only read them. */
export const makeGroups = (sql: Sql): JobDefinition =>
  defineJob({
    name: groupsJob,
    title: 'Form groups of films for newcomers to choose from',
    every: '41 4 * * *',
    async run({ signal }) {
      const { groups, by } = await groupsFrom(sql);
      signal.throwIfAborted();
      if (groups.length < 2) return { groups: 0 };
      await replaceGroups(sql, groups);
      return { groups: groups.length, by };
    },
  });

async function groupsFrom(sql: Sql): Promise<{ readonly groups: readonly Group[]; readonly by: 'taste' | 'genre' }> {
  const films = await candidates(sql),
    stars = await starsOf(sql, films);
  const groups = stars.value.length < fewestRatings ? [] : groupsByTaste(films, stars, seed);
  // Viewers who are all alike have one taste.
  return groups.length > 1 ? { groups, by: 'taste' } : { groups: groupsByGenre(films), by: 'genre' };
}
