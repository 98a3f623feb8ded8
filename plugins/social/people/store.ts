import type { Sql } from '../../../core/database/sql.ts';
import { condition } from '../privacy/policy.ts';

export interface Counts {
  readonly followers: number;
  readonly following: number;
}
export type Direction = 'followers' | 'following';
interface Id {
  readonly id: number;
}
/** The column with the people asked for, and the one with whose they are. */
const columns = { followers: ['follower', 'followed'], following: ['followed', 'follower'] } as const;

/** Account ids of those whom the reader may know of, the latest first. */
export async function neighbours(
  sql: Sql,
  reader: number | null,
  account: number,
  direction: Direction,
  limit: number,
  offset = 0,
): Promise<number[]> {
  const [wanted, own] = columns[direction];
  const rows = await sql.rows<Id>(
    `select f.${wanted} as id from follow f where f.${own} = $2 and ${condition('profile', '$1', `f.${wanted}`)}
      order by f.at desc, f.${wanted} limit $3 offset $4`,
    [reader, account, limit, offset],
  );
  return rows.map(({ id }) => id);
}

/** Of those whom the reader may know of: a count tells no more than the list. */
export const counts = async (sql: Sql, reader: number | null, account: number): Promise<Counts> =>
  (await sql.one<Counts>(
    `select (select count(*)::integer from follow f where f.followed = $2 and ${condition('profile', '$1', 'f.follower')}) as followers,
      (select count(*)::integer from follow f where f.follower = $2 and ${condition('profile', '$1', 'f.followed')}) as following`,
    [reader, account],
  ))!;

/** People by name or handle, the most active first. */
export const search = async (sql: Sql, reader: number | null, text: string, limit: number, offset = 0): Promise<number[]> => {
  const rows = await sql.rows<Id>(
    `select a.id from account a join unit u on u.account = a.id left join lateral (select count(*) as n from rating where unit = u.id) r on true
      where ($2 = '' or a.handle like $2 || '%' or plain_text(a.name) like '%' || plain_text($2) || '%')
        and ${condition('profile', '$1', 'a.id')}
      order by a.simulated, r.n desc, a.id limit $3 offset $4`,
    [reader, text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&'), limit, offset],
  );
  return rows.map(({ id }) => id);
};
