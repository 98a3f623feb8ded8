import type { Sql } from '../../../core/database/sql.ts';
import { conflict, invalid, notFound } from '../../../core/errors.ts';
import type { ModerationService } from '../../moderation/api.ts';
import type { NotificationsService, PrivacyService } from '../api.ts';

/** Nobody's feed needs more, and reading it stays fast. */
const mostFollowed = 5_000;
export type Standing = 'follows' | 'asked' | 'none';

interface Parts {
  readonly sql: Sql;
  readonly privacy: PrivacyService;
  readonly moderation: ModerationService;
  readonly notifications: NotificationsService;
}
/** Who does it, to whom, when. `path`: the profile of who does it. */
export interface Step {
  readonly me: number;
  readonly other: number;
  readonly at: Date;
  readonly path: string;
}

/** Following and its counterparts. Each is one transaction, and doing it again changes nothing. */
export class Follows {
  readonly #parts: Parts;
  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Asks where the person answers requests. 422 for oneself, 404 for whom one may not turn to, 409 for too many. */
  async follow(step: Step): Promise<Standing> {
    const { sql, privacy } = this.#parts,
      { me, other } = step;
    if (me === other) throw invalid({ handle: 'You cannot follow yourself.' });
    if (!(await privacy.canSee(me, other, 'contact'))) throw notFound('person');
    const asks = (await privacy.level(other)) === 'followers';
    return sql.transaction((tx) => this.#follow(tx, step, asks));
  }

  async #follow(tx: Sql, { me, other, at, path }: Step, asks: boolean): Promise<Standing> {
    await this.#parts.moderation.writing(tx, me, 'follow', at);
    const { n, already } = (await tx.one<{ n: number; already: boolean }>(
      `select count(*)::integer as n, coalesce(bool_or(followed = $2), false) as already from follow where follower = $1`,
      [me, other],
    ))!;
    if (already) return 'follows';
    if (n >= mostFollowed) throw conflict(`You follow ${mostFollowed} people, which is as many as a feed can hold. Unfollow somebody first.`);
    const table = asks ? 'follow_request' : 'follow';
    await tx.rows(`insert into ${table} (follower, followed, at) values ($1, $2, $3) on conflict do nothing`, [me, other, at]);
    await this.#parts.notifications.tell(tx, { to: other, from: me, kind: asks ? 'request' : 'follow', subject: 0, href: path, at });
    return asks ? 'asked' : 'follows';
  }

  /** Also takes back a request. @returns whether there was something to take back, as all that undo do */
  unfollow = (me: number, other: number): Promise<boolean> =>
    this.#parts.sql.transaction(async (tx) => {
      const parted = await part(tx, me, other);
      for (const kind of ['follow', 'request'] as const) await this.#parts.notifications.withdraw(tx, { to: other, from: me, kind, subject: 0 });
      return parted;
    });

  /** 404 where nobody asked. */
  answer = ({ me, other, at, path }: Step, accept: boolean): Promise<void> =>
    this.#parts.sql.transaction(async (tx) => {
      const asked = await tx.one('delete from follow_request where follower = $1 and followed = $2 returning follower', [other, me]);
      if (!asked) throw notFound('request');
      await this.#parts.notifications.withdraw(tx, { to: me, from: other, kind: 'request', subject: 0 });
      if (!accept) return;
      await tx.rows('insert into follow (follower, followed, at) values ($1, $2, $3) on conflict do nothing', [other, me, at]);
      await this.#parts.notifications.tell(tx, { to: other, from: me, kind: 'accepted', subject: 0, href: path, at });
    });

  /** Neither follows the other any more, and each is gone for the other. 422 for oneself. */
  block = ({ me, other, at }: Step): Promise<void> => {
    if (me === other) throw invalid({ handle: 'You cannot block yourself.' });
    return this.#parts.sql.transaction(async (tx) => {
      await tx.rows('insert into block (blocker, blocked, at) values ($1, $2, $3) on conflict do nothing', [me, other, at]);
      await part(tx, me, other);
      await part(tx, other, me);
    });
  };

  unblock = (me: number, other: number): Promise<boolean> =>
    deleted(this.#parts.sql, 'delete from block where blocker = $1 and blocked = $2 returning 1', me, other);

  /** What they do no longer comes to me; they do not learn of it. 422 for oneself. */
  async mute({ me, other, at }: Step): Promise<void> {
    if (me === other) throw invalid({ handle: 'You cannot mute yourself.' });
    await this.#parts.sql.rows('insert into mute (muter, muted, at) values ($1, $2, $3) on conflict do nothing', [me, other, at]);
  }
  unmute = (me: number, other: number): Promise<boolean> =>
    deleted(this.#parts.sql, 'delete from mute where muter = $1 and muted = $2 returning 1', me, other);

  async standing(me: number, other: number): Promise<{ standing: Standing; muted: boolean; followsMe: boolean }> {
    const row = (await this.#parts.sql.one<{ follows: boolean; asked: boolean; muted: boolean; followsMe: boolean }>(
      `select exists (select from follow where follower = $1 and followed = $2) as follows,
        exists (select from follow_request where follower = $1 and followed = $2) as asked,
        exists (select from follow where follower = $2 and followed = $1) as "followsMe",
        exists (select from mute where muter = $1 and muted = $2) as muted`,
      [me, other],
    ))!;
    return { standing: row.follows ? 'follows' : row.asked ? 'asked' : 'none', muted: row.muted, followsMe: row.followsMe };
  }
}

const deleted = async (sql: Sql, statement: string, me: number, other: number): Promise<boolean> =>
  (await sql.one(statement, [me, other])) !== undefined;

const part = async (tx: Sql, follower: number, followed: number): Promise<boolean> => {
  const parted = await deleted(tx, 'delete from follow where follower = $1 and followed = $2 returning 1', follower, followed);
  return (await deleted(tx, 'delete from follow_request where follower = $1 and followed = $2 returning 1', follower, followed)) || parted;
};
