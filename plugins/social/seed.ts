import type { Sql } from '../../core/database/sql.ts';

/** Lets the first viewer follow those who rated most of the same films most alike, so that the feed shows what it is for. */
export const seedFollows = async (sql: Sql, account: number, unit: number, count: number, at: Date): Promise<void> =>
  void (await sql.rows(
    `insert into follow (follower, followed, at)
      select $1, u.account, $4 from rating mine join rating theirs on theirs.film = mine.film and theirs.unit <> mine.unit join unit u on u.id = theirs.unit
      where mine.unit = $2 and u.account is not null group by u.account having count(*) >= 5
      order by sum(1 - abs(mine.stars - theirs.stars)) desc, u.account limit $3`,
    [account, unit, count, at],
  ));
