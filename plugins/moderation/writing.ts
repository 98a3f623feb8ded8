import type { Sql } from '../../core/database/sql.ts';
import { forbidden, tooMany } from '../../core/errors.ts';
import type { Writing } from './api.ts';
import type { Limits } from './settings.ts';

const settingOf = {
  review: 'reviews',
  comment: 'comments',
  like: 'likes',
  share: 'shares',
  follow: 'follows',
  report: 'reports',
  list: 'lists',
  entry: 'entries',
} as const satisfies Readonly<Record<Writing, keyof Limits>>;
const hour = 3600;

/** Refuses what is too much, or comes from somebody who may not write; otherwise it counts. */
export async function writing(tx: Sql, limits: Limits, account: number, kind: Writing, at: Date): Promise<void> {
  // One at a time for an account: otherwise many at once would slip through together.
  await tx.rows('select from account where id = $1 for no key update', [account]);
  const { until, n, first } = (await tx.one<{ until: Date | null; n: number; first: Date | null }>(
    `select (select until from suspension where account = $1 and until > $3) as until, count(*)::integer as n, min(at) as first
      from written where account = $1 and kind = $2 and at > $3::timestamptz - interval '1 hour'`,
    [account, kind, at],
  ))!;
  if (until && kind !== 'report') throw forbidden(`The moderators have stopped you from writing until ${until.toISOString().slice(0, 10)}.`);
  if (n >= limits[settingOf[kind]]) throw tooMany(Math.max(1, hour - (at.getTime() - first!.getTime()) / 1000));
  await tx.rows('insert into written (account, kind, at) values ($1, $2, $3)', [account, kind, at]);
}
