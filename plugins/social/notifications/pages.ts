import { Router, type Request } from 'express';
import type { Sql } from '../../../core/database/sql.ts';
import { signedIn } from '../../../core/http/request.ts';
import { condition } from '../privacy/policy.ts';
import type { Parts } from '../parts.ts';
import { peopleOf } from '../people/pages.ts';
import { textOf } from '../query.ts';
import { latest, markRead } from './store.ts';

const onPage = 30,
  mostRequests = 100;

/** What each kind says after the name of who did it. */
const sentences = {
  follow: 'social.news.follow',
  request: 'social.news.request',
  accepted: 'social.news.accepted',
  like: 'social.news.like',
  comment: 'social.news.comment',
  reply: 'social.news.reply',
  share: 'social.news.share',
  'list-like': 'social.news.listLike',
  warning: 'social.news.warning',
} as const;

/** /notifications: what others did that concerns me. Whoever looks at the page has read what is on it. */
export const notificationPages = (parts: Parts): Router =>
  Router()
    .get('/notifications', async (request, response) => {
      const { id } = signedIn(request);
      const data = await contents(parts, request, id);
      if (!request.get('sec-purpose')) await markRead(parts.sql, id, request.clock);
      await parts.pages.send(request, response, 'social/notifications', data);
    })
    .post('/notifications/read', async (request, response) => {
      await markRead(parts.sql, signedIn(request).id, request.clock);
      response.redirect(303, '/notifications');
    });

async function contents({ sql, accounts }: Parts, request: Request, account: number): Promise<object> {
  const typed = textOf(request, 'before'),
    before = /^\d{1,18}$/.test(typed) ? typed : null;
  const [found, requests] = await Promise.all([latest(sql, account, onPage + 1, before), asking(sql, account)]);
  const shown = found.slice(0, onPage);
  const people = await accounts.publicProfiles([...new Set(shown.flatMap(({ actor }) => actor ?? []))]);
  return {
    requests: before ? [] : await peopleOf(accounts, requests),
    news: shown.map((one) => ({ ...one, person: one.actor === null ? undefined : people.get(one.actor), sentence: sentences[one.kind] })),
    older: found.length > onPage ? `/notifications?before=${shown.at(-1)!.id}` : undefined,
  };
}

const asking = async (sql: Sql, account: number): Promise<number[]> => {
  const rows = await sql.rows<{ id: number }>(
    `select r.follower as id from follow_request r where r.followed = $1 and ${condition('profile', '$1', 'r.follower')} order by r.at desc limit $2`,
    [account, mostRequests],
  );
  return rows.map(({ id }) => id);
};
