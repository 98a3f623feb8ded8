import type { Figure } from '../../../core/console/part.ts';
import type { Sql } from '../../../core/database/sql.ts';

const day = 24 * 3_600_000;
const periods = [
  ['last 24 hours', day],
  ['last 7 days', 7 * day],
] as const;

/** For the console's overview. Operators' own visits do not count. */
export async function figures(sql: Sql, now: Date): Promise<Figure[]> {
  const all = await Promise.all(
    periods.map(async ([period, length]) => {
      const [current, before] = await Promise.all(
        [0, 1].map((ago) => counts(sql, new Date(now.getTime() - length * (ago + 1)), new Date(now.getTime() - length * ago))),
      );
      return (['viewers', 'lists', 'clicks'] as const).map((what) => ({
        label: { viewers: 'Viewers', lists: 'Lists served', clicks: 'Clicks' }[what],
        value: current![what],
        before: before![what],
        period,
        page: 'performance',
      }));
    }),
  );
  return all.flat();
}

const counts = async (sql: Sql, from: Date, until: Date): Promise<{ viewers: number; lists: number; clicks: number }> =>
  (await sql.one<{ viewers: number; lists: number; clicks: number }>(
    `select count(distinct l.unit)::integer as viewers, count(*)::integer as lists,
    (select count(*)::integer from click c join unit u on u.id = c.unit and not u.staff where c.at >= $1 and c.at < $2) as clicks
    from served_list l join unit u on u.id = l.unit and not u.staff where l.served_at >= $1 and l.served_at < $2`,
    [from, until],
  ))!;
