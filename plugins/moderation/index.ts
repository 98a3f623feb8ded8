import { definePlugin } from '../../core/plugin.ts';
import { Database, Identity, Pages } from '../../core/services.ts';
import { defineJob } from '../../core/jobs.ts';
import { Notifications } from '../social/api.ts';
import { Moderation, type ModerationService } from './api.ts';
import { queueRoutes } from './console/routes.ts';
import { personalData } from './personal.ts';
import { reportRoutes } from './report-routes.ts';
import { settings } from './settings.ts';
import { writing } from './writing.ts';

/** What people may write: reports of what went wrong, the moderators' answer, and how much is too much. */
export default definePlugin({
  id: 'moderation',
  title: 'Moderation',
  description: 'Reports by viewers, a queue for operators to hide, warn and suspend, and limits on how much one account writes.',
  config: settings,
  // Identity is named so that the tables of accounts exist before this plugin's.
  requires: { sql: Database, pages: Pages, identity: Identity },
  provides: { moderation: Moderation },
  migrations: new URL('./migrations/', import.meta.url),
  views: new URL('./views/', import.meta.url),
  texts: new URL('./texts/', import.meta.url),
  personalData,
  console: {
    pages: [
      { id: 'moderation', title: 'Moderation', icon: 'Flag', role: 'manager', component: new URL('./console/moderation.tsx', import.meta.url) },
    ],
    figures: async (sql) => {
      const { n } = (await sql.one<{ n: number }>('select count(distinct (kind, subject))::integer as n from report where decision is null'))!;
      return [{ label: 'Open reports', value: n, page: 'moderation' }];
    },
  },
  setup({ config, use: { sql, pages }, find }) {
    const moderation: ModerationService = {
      shown: (kind, subject) => `not exists (select from hidden_content h where h.kind = ${kind} and h.subject = ${subject})`,
      writing: (tx, account, kind, at) => writing(tx, config, account, kind, at),
      reportRoutes: (path, subjectOf) =>
        reportRoutes({ sql, pages, count: (tx, account, at) => writing(tx, config, account, 'report', at) }, path, subjectOf),
    };
    return {
      services: { moderation },
      consoleRoutes: queueRoutes(sql, () => find(Notifications)),
      jobs: [
        defineJob({
          name: 'moderation.tidy',
          title: 'Forget who wrote how much',
          every: '41 * * * *',
          async run() {
            const gone = await sql.rows(`delete from written where at < now() - interval '2 hours' returning account`);
            return { forgotten: gone.length };
          },
        }),
      ],
    };
  },
});
