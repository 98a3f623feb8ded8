import { z } from 'zod';
import { audit } from '../../core/audit.ts';
import type { Sql } from '../../core/database/sql.ts';
import { conflict, notFound } from '../../core/errors.ts';
import { cleanText, read } from '../../core/http/form.ts';
import type { NotificationsService } from '../social/api.ts';
import { contentKinds } from './api.ts';

export const actions = ['dismiss', 'hide', 'warn', 'suspend'] as const;
const decisions = { dismiss: 'dismissed', hide: 'hidden', warn: 'warned', suspend: 'suspended' } as const;
const day = 24 * 3600 * 1000;

const Decision = z.strictObject({
  kind: z.enum(contentKinds),
  subject: z.int().positive(),
  action: z.enum(actions),
  /** to the author */
  words: z.string().default('').transform(cleanText).pipe(z.string().max(500)),
  days: z.int().min(1, 'must be at least one day').max(3650).default(7),
});
type Decision = z.output<typeof Decision>;

/** What is open, with everybody's word on it; what was reported most often first. */
export const open = (sql: Sql): Promise<object[]> =>
  sql.rows(
    `select r.kind, r.subject, max(r.excerpt) as excerpt, max(r.href) as href, count(*)::integer as count, min(r.at) as first, a.id as author, a.handle, a.name,
      a.role <> 'viewer' as staff, exists (select from hidden_content h where h.kind = r.kind and h.subject = r.subject) as hidden,
      (select count(*)::integer from report o where o.author = a.id and o.decision in ('hidden', 'warned', 'suspended')) as before,
      json_agg(json_build_object('reason', r.reason, 'note', r.note, 'reporter', p.handle, 'at', r.at) order by r.at) as words
      from report r join account a on a.id = r.author left join account p on p.id = r.reporter
      where r.decision is null group by r.kind, r.subject, a.id order by count(*) desc, min(r.at) limit 200`,
  );

/** The latest decisions, and who may not write at present. */
export const decided = (sql: Sql): Promise<object[]> =>
  sql.rows(
    `select r.kind, r.subject, r.excerpt, r.href, r.decision, r.decided_at as "decidedAt", a.handle, o.name as operator,
      exists (select from hidden_content h where h.kind = r.kind and h.subject = r.subject) as hidden
      from (select distinct on (kind, subject, decided_at) * from report where decision is not null order by decided_at desc, kind, subject limit 50) r
      join account a on a.id = r.author left join account o on o.id = r.decided_by order by r.decided_at desc`,
  );
export const suspended = (sql: Sql, at: Date): Promise<object[]> =>
  sql.rows(
    `select s.account, a.handle, a.name, s.until, s.reason from suspension s join account a on a.id = s.account where s.until > $1 order by s.until`,
    [at],
  );

/** Closes all open reports on one thing, does what was decided and tells the author. 409 where somebody else was quicker. */
export async function decide(tx: Sql, body: unknown, operator: number, at: Date, news: NotificationsService | undefined): Promise<void> {
  const decision = read(Decision, body),
    { kind, subject, action, words } = decision;
  const closed = await tx.rows<{ id: number; author: number }>(
    `update report set decision = $3, decided_by = $4, decided_at = $5 where kind = $1 and subject = $2 and decision is null returning id, author`,
    [kind, subject, decisions[action], operator, at],
  );
  const first = closed[0];
  if (!first) throw conflict('Somebody else has decided this meanwhile, or it was never reported. Reload the page.');
  if (action === 'hide') await hide(tx, kind, subject, at);
  if (action === 'suspend') await suspend(tx, first.author, decision, at);
  if (action !== 'dismiss') {
    const title = words || standard[action];
    await news?.tell(tx, { to: first.author, from: null, kind: 'warning', subject: first.id, href: '/notifications', title, at });
  }
  await audit(tx, {
    operator,
    action: `moderation.${action}`,
    subject: `${kind} ${subject}`,
    after: { reports: closed.length, author: first.author, ...(words && { words }), ...(action === 'suspend' && { days: decision.days }) },
  });
}
const standard = {
  hide: 'Something that you wrote was reported, and we have hidden it.',
  warn: 'Something that you wrote was reported. Please keep it friendly.',
  suspend: 'What you wrote was reported, and you cannot write anything for a while.',
} as const;

const hide = async (tx: Sql, kind: string, subject: number, at: Date): Promise<void> =>
  void (await tx.rows('insert into hidden_content (kind, subject, at) values ($1, $2, $3) on conflict do nothing', [kind, subject, at]));

async function suspend(tx: Sql, account: number, { days, words }: Decision, at: Date): Promise<void> {
  if (await tx.one(`select from account where id = $1 and role <> 'viewer'`, [account]))
    throw conflict('Operators cannot be suspended. An admin can take their role away first.');
  await tx.rows(
    `insert into suspension (account, until, reason, at) values ($1, $2, $3, $4)
      on conflict (account) do update set until = greatest(suspension.until, excluded.until), reason = excluded.reason, at = excluded.at`,
    [account, new Date(at.getTime() + days * day), words, at],
  );
}

const Content = Decision.pick({ kind: true, subject: true });
export async function showAgain(tx: Sql, body: unknown, operator: number): Promise<void> {
  const { kind, subject } = read(Content, body);
  const hidden = await tx.one('delete from hidden_content where kind = $1 and subject = $2 returning kind', [kind, subject]);
  if (!hidden) throw conflict('It is not hidden any more. Reload the page.');
  await audit(tx, { operator, action: 'moderation.show', subject: `${kind} ${subject}` });
}

export async function endSuspension(tx: Sql, account: number, operator: number): Promise<void> {
  const ended = await tx.one('delete from suspension where account = $1 returning until', [account]);
  if (!ended) throw notFound('suspension');
  await audit(tx, { operator, action: 'moderation.end-suspension', subject: `account ${account}`, before: ended });
}
