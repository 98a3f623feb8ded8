import type { Sql } from '../../core/database/sql.ts';
import { notFound } from '../../core/errors.ts';
import type { Parts } from './parts.ts';

export interface Share {
  readonly id: number;
  readonly sender: number;
  readonly film: number;
  readonly note: string;
  readonly at: Date;
  readonly unread: boolean;
}
type Reading = Pick<Parts, 'sql' | 'privacy' | 'moderation'>;

/** Shares `s` to $1 by people who are there for the recipient, of films that are there. */
const arrived = ({ privacy, moderation }: Omit<Reading, 'sql'>): string => `from share s join film f on f.id = s.film and not f.hidden
  where s.recipient = $1 and s.removed_at is null and ${moderation.shown(`'share'`, 's.id')} and ${privacy.condition('profile', '$1', 's.sender')}
    and not exists (select from mute where muter = $1 and muted = s.sender)`;

export const inbox = (parts: Reading, account: number, limit: number, before: number | null): Promise<Share[]> =>
  parts.sql.rows<Share>(
    `select s.id, s.sender, s.film, s.note, s.at, s.read_at is null as unread ${arrived(parts)} and ($3::integer is null or (s.at, s.id) < (select at, id from share where id = $3))
      order by s.at desc, s.id desc limit $2`,
    [account, limit, before],
  );

/** One that the inbox shows. */
export const shareOf = (parts: Reading, account: number, id: number): Promise<(Share & { readonly title: string }) | undefined> =>
  parts.sql.one(`select s.id, s.sender, s.film, s.note, s.at, s.read_at is null as unread, f.title ${arrived(parts)} and s.id = $2`, [account, id]);

export const ofFilm = (parts: Reading, account: number, films: readonly number[]): Promise<Share[]> =>
  parts.sql.rows<Share>(
    `select s.id, s.sender, s.film, s.note, s.at, s.read_at is null as unread ${arrived(parts)} and s.film = any($2) order by s.at desc`,
    [account, films],
  );

/** At most 100: more is not told apart. */
export const unread = async (parts: Reading, account: number): Promise<number> =>
  (await parts.sql.one<{ n: number }>(`select count(*)::integer as n from (select ${arrived(parts)} and s.read_at is null limit 100) lately`, [
    account,
  ]))!.n;

export const markRead = async (sql: Sql, account: number, at: Date): Promise<void> =>
  void (await sql.rows('update share set read_at = $2 where recipient = $1 and read_at is null', [account, at]));

/** 404 unless it came to the account. */
export async function remove(sql: Sql, account: number, id: number, at: Date): Promise<void> {
  const gone = await sql.one(
    'update share set removed_at = $3, read_at = coalesce(read_at, $3) where id = $1 and recipient = $2 and removed_at is null returning id',
    [id, account, at],
  );
  if (!gone) throw notFound('recommendation');
}

export interface NewShare {
  readonly sender: number;
  readonly recipient: number;
  readonly film: number;
  readonly title: string;
  readonly note: string;
  readonly at: Date;
}
/** Whom somebody may send films: people who follow them, and are there for them. */
const mayReceive = (parts: Pick<Parts, 'privacy'>): string =>
  `exists (select from follow w where w.follower = a.id and w.followed = $1) and ${parts.privacy.condition('contact', '$1', 'a.id')}`;

/** The account id behind a handle, where it may receive films of the sender; whoever else looks like nobody. */
export const recipientOf = async (parts: Reading, sender: number, handle: string): Promise<number | undefined> =>
  (await parts.sql.one<{ id: number }>(`select a.id from account a where a.handle = $2 and ${mayReceive(parts)}`, [sender, handle.toLowerCase()]))
    ?.id;

export const friends = (parts: Reading, sender: number, limit: number): Promise<{ handle: string; name: string }[]> =>
  parts.sql.rows(`select a.handle, a.name from account a where ${mayReceive(parts)} order by a.name, a.id limit $2`, [sender, limit]);

/** Sends a film once; one that the recipient removed comes again. The recipient is told. */
export function send({ sql, moderation, notifications }: Parts, { sender, recipient, film, title, note, at }: NewShare): Promise<void> {
  return sql.transaction(async (tx) => {
    await moderation.writing(tx, sender, 'share', at);
    const sent = await tx.one<{ id: number }>(
      `insert into share (sender, recipient, film, note, at) values ($1, $2, $3, $4, $5)
        on conflict (sender, recipient, film) do update set note = excluded.note, at = excluded.at, read_at = null, removed_at = null
          where share.removed_at is not null returning id`,
      [sender, recipient, film, note, at],
    );
    if (sent) await notifications.tell(tx, { to: recipient, from: sender, kind: 'share', subject: sent.id, href: '/inbox', title, at });
  });
}
