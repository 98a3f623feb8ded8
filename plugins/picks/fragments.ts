import type { Sql } from '../../core/database/sql.ts';
import type { Fragment } from '../../core/http/fragment.ts';
import type { FilmsService } from '../catalogue/api.ts';
import { shownGroups } from './shown.ts';
import { enough, groupsNow, stateOf } from './store.ts';

/** On the home page the question for somebody new, afterwards what the lists rest on; the way back at the foot of every page. */
export const fragmentsOver = (sql: Sql, films: FilmsService): Fragment[] => [
  {
    slot: 'home.top',
    template: 'picks/home',
    async load(request, subjects) {
      const shown = await forHome(sql, films, await request.unit());
      return new Map(shown ? subjects.map((subject) => [subject, shown]) : []);
    },
  },
  {
    slot: 'footer',
    template: 'picks/footer',
    load: async ({ path }, subjects) => new Map(subjects.map((subject) => [subject, { current: path === '/picks' }])),
  },
];

async function forHome(sql: Sql, films: FilmsService, unit: number): Promise<object | undefined> {
  const { picks, skipped, seen } = await stateOf(sql, unit);
  if (picks.length > 0) return seen < enough ? { picks } : undefined;
  if (skipped || seen > 0) return undefined;
  const groups = await shownGroups(films, await groupsNow(sql), new Set());
  return groups.length > 1 ? { groups } : undefined;
}
