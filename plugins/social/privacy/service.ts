import type { Sql } from '../../../core/database/sql.ts';
import type { Level, PrivacyService } from '../api.ts';
import { condition } from './policy.ts';

/** The one policy, asked of the database for one pair at a time, or handed out as a condition for lists. */
export const privacyOver = (sql: Sql): PrivacyService => ({
  condition,
  async canSee(reader, owner, what) {
    const row = await sql.one<{ may: boolean }>(`select ${condition(what, '$1', '$2::integer')} as may`, [reader ?? null, owner]);
    return row?.may ?? false;
  },
  async level(account) {
    return (await sql.one<{ level: Level }>('select level from profile_privacy where account = $1', [account]))?.level ?? 'public';
  },
  setLevel: (account, level, at) => sql.transaction((tx) => setLevel(tx, account, level, at)),
});

async function setLevel(tx: Sql, account: number, level: Level, at: Date): Promise<void> {
  await tx.rows(
    `insert into profile_privacy (account, level, updated_at) values ($1, $2, $3)
      on conflict (account) do update set level = excluded.level, updated_at = excluded.updated_at`,
    [account, level, at],
  );
  if (level === 'followers') return;
  const waiting = await tx.rows<{ follower: number }>('delete from follow_request where followed = $1 returning follower', [account]);
  if (level === 'private' || waiting.length === 0) return;
  await tx.rows('insert into follow (follower, followed, at) select unnest($1::integer[]), $2, $3 on conflict do nothing', [
    waiting.map(({ follower }) => follower),
    account,
    at,
  ]);
}
