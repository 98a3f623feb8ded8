import { definePlugin, on, type Context } from '../../core/plugin.ts';
import { Database, Identity, Pages } from '../../core/services.ts';
import { read } from '../../core/http/form.ts';
import { z } from 'zod';
import type { Sql } from '../../core/database/sql.ts';
import { UnitsMerged } from '../accounts/api.ts';
import { Films } from '../catalogue/api.ts';
import { History, type HistoryService } from '../history/api.ts';
import { Diary, DiaryNoted, type DiaryService } from './api.ts';
import { dayUntil } from './day.ts';
import { fragmentsOver } from './fragments.ts';
import { personalData } from './personal.ts';
import { diaryRoutes } from './routes.ts';
import { latest, merge, put } from './store.ts';

/** When somebody watched what, as often as it was. */
export default definePlugin({
  id: 'diary',
  title: 'Diary',
  description: 'The days on which viewers watched films, again and again if they like.',
  // Identity is named so that the tables of accounts exist before this plugin's.
  requires: { sql: Database, pages: Pages, identity: Identity, films: Films, history: History },
  provides: { diary: Diary },
  migrations: new URL('./migrations/', import.meta.url),
  views: new URL('./views/', import.meta.url),
  texts: new URL('./texts/', import.meta.url),
  personalData,
  setup({ use: { sql, pages, films, history }, publish }) {
    const diary = diaryOver(sql, history, publish);
    return {
      services: { diary },
      routes: diaryRoutes({ sql, pages, films, history, diary }),
      fragments: fragmentsOver({ sql }),
      on: [on(UnitsMerged, (units) => merge(sql, units))],
    };
  },
});

const diaryOver = (sql: Sql, history: HistoryService, publish: Context<unknown, Record<never, never>>['publish']): DiaryService => ({
  async note({ unit, film, watchedOn: typed, rewatch }, at) {
    const { watched_on: watchedOn } = read(z.object({ watched_on: dayUntil(at) }), { watched_on: typed });
    const { fresh, ...entry } = await put(sql, { unit, film, watchedOn, rewatch }, at);
    await history.watch(unit, film, at);
    if (fresh) publish(DiaryNoted, { entry: entry.id, unit, film, watchedOn, rewatch, at });
    return entry;
  },
  entries: (unit, slice) => latest(sql, unit, slice),
});
