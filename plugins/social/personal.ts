import type { Sql } from '../../core/database/sql.ts';
import type { ExportedRow, PersonalData } from '../../core/personal-data.ts';

/** People on the other side of a table's pairs. */
const people = (sql: Sql, table: string, other: string, own: string, account: number): Promise<ExportedRow[]> =>
  sql.rows(`select a.handle, a.name, t.at from ${table} t join account a on a.id = t.${other} where t.${own} = $1 order by t.at, a.id`, [account]);

/** Whom somebody follows, blocks and mutes, who follows them, and what they were told. */
export const personalData: PersonalData = {
  export: async (sql, { account }) => ({
    following: await people(sql, 'follow', 'followed', 'follower', account),
    followers: await people(sql, 'follow', 'follower', 'followed', account),
    requests: await people(sql, 'follow_request', 'followed', 'follower', account),
    blocked: await people(sql, 'block', 'blocked', 'blocker', account),
    muted: await people(sql, 'mute', 'muted', 'muter', account),
    privacy: await sql.rows('select level, updated_at as at from profile_privacy where account = $1', [account]),
    activity: await sql.rows('select kind, title, href, at from activity where account = $1 order by at, id', [account]),
    notifications: await sql.rows('select kind, title, href, at from notification where account = $1 order by at, id', [account]),
  }),
  // What tells others of something goes: where a text stays, it is found in its own place, by no more people than before.
  async erase(tx, { account }, { keepTexts }) {
    for (const pairs of ['follow', 'follow_request']) await tx.rows(`delete from ${pairs} where $1 in (follower, followed)`, [account]);
    await tx.rows('delete from block where $1 in (blocker, blocked)', [account]);
    await tx.rows('delete from mute where $1 in (muter, muted)', [account]);
    await tx.rows('delete from activity where account = $1', [account]);
    await tx.rows('delete from notification where $1 in (account, actor)', [account]);
    if (!keepTexts) await tx.rows('delete from profile_privacy where account = $1', [account]);
  },
};
