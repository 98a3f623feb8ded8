import type { Sql } from '../../../core/database/sql.ts';
import type { NewsKind, NotificationsService } from '../api.ts';
import { condition, unmuted } from '../privacy/policy.ts';

export interface Notification {
  readonly id: string;
  readonly kind: NewsKind;
  readonly actor: number | null;
  readonly href: string;
  readonly title: string | null;
  readonly at: Date;
  readonly unread: boolean;
}

export const notifications: NotificationsService = {
  async tell(tx, { to, from, kind, subject, href, title, at }) {
    if (to === from) return;
    await tx.rows(
      `insert into notification (account, actor, kind, subject, href, title, at) values ($1, $2, $3, $4, $5, left($6, 500), $7) on conflict do nothing`,
      [to, from, kind, subject, href, title ?? null, at],
    );
  },
  async withdraw(tx, { to, from, kind, subject }) {
    await tx.rows('delete from notification where account = $1 and actor is not distinct from $2::integer and kind = $3 and subject = $4', [
      to,
      from,
      kind,
      subject,
    ]);
  },
};

/** Of people whom the account may see and has not muted, and the moderators' own. Who follows has to be known, not more. */
const visible = `(n.actor is null or ${condition('stream', 'n.account', 'n.actor')}
  or (n.kind in ('follow', 'request') and ${unmuted('n.account', 'n.actor')} and ${condition('profile', 'n.account', 'n.actor')}))`;

/** Newest first, older than the one with the id `before`. */
export const latest = (sql: Sql, account: number, limit: number, before: string | null): Promise<Notification[]> =>
  sql.rows<Notification>(
    `select n.id::text, n.kind, n.actor, n.href, n.title, n.at, n.read_at is null as unread from notification n
      where n.account = $1 and ($2::bigint is null or (n.at, n.id) < (select at, id from notification where id = $2 and account = $1))
        and ${visible} order by n.at desc, n.id desc limit $3`,
    [account, before, limit],
  );

/** At most 100: more is not told apart. */
export const unread = async (sql: Sql, account: number): Promise<number> =>
  (await sql.one<{ n: number }>(
    `select count(*)::integer as n from (select from notification n where n.account = $1 and n.read_at is null and ${visible} limit 100) as lately`,
    [account],
  ))!.n;

export const markRead = async (sql: Sql, account: number, at: Date): Promise<void> =>
  void (await sql.rows('update notification set read_at = $2 where account = $1 and read_at is null', [account, at]));
