import { connect, sqlOver } from '../core/database/connect.ts';
import type { Sql } from '../core/database/sql.ts';
import { activities } from '../plugins/social/feed/activities.ts';
import { linesOf, read } from '../plugins/social/feed/lines.ts';
import { feedOf, type Happening } from '../plugins/social/feed/store.ts';
import { counts } from '../plugins/social/people/store.ts';
import { startServer } from './database.ts';
import type { Table } from './table.ts';
import { quantile } from './timing.ts';

const people = 10_001,
  films = 500,
  ratingsEach = 40,
  rounds = 60,
  warmUp = 10;
/** Account 1 is followed by everybody; account 2 follows 200 people, account 3 follows 5,000. */
const publisher = 1,
  reader = 2,
  greedy = 3;

const fill = [
  `insert into film (title, year) select 'Film ' || n, 2000 from generate_series(1, ${films}) n`,
  `insert into account (email, handle, name, password_hash) select 'p' || n || '@example.org', 'p' || n, 'Person ' || n, 'x' from generate_series(1, ${people}) n`,
  'insert into unit (account) select id from account order by id',
  `insert into rating (unit, film, stars, rated_at) select u.id, 1 + (u.id * 7 + n * 11) % ${films}, 1 + (u.id + n) % 5, now() - ((u.id * 37 + n * 7919) % 500000) * interval '1 minute'
    from unit u, generate_series(1, ${ratingsEach}) n on conflict do nothing`,
  `insert into follow (follower, followed, at) select id, ${publisher}, now() from account where id <> ${publisher}`,
  `insert into follow (follower, followed, at) select ${reader}, id, now() from account where id between 100 and 298`,
  `insert into follow (follower, followed, at) select ${greedy}, id, now() from account where id between 100 and 5098`,
  `insert into block (blocker, blocked, at) select ${reader}, id, now() from account where id between 9000 and 9020`,
  `insert into profile_privacy (account, level, updated_at) select id, 'private', now() from account where id % 100 = 7`,
  'create table fan_out (account integer not null, activity bigint not null, primary key (account, activity))',
  'analyze',
];

/** The feed where somebody has 10,000 followers: reading it, and what writing costs, beside one row by its key. */
export async function feed(): Promise<Table> {
  const server = await startServer(),
    sequelize = connect(await server.database('feed'), 2),
    sql = sqlOver(sequelize);
  try {
    for (const statement of fill) await sql.rows(statement);
    return tableOf(await measured(sql));
  } finally {
    await sequelize.close();
    await server.stop();
  }
}

async function measured(sql: Sql): Promise<[string, number[]][]> {
  const first = await feedOf(sql, reader, read, undefined, 'true');
  let review = 0;
  const publish = (): Promise<void> =>
    activities.record(sql, { account: publisher, kind: 'review', subject: ++review, film: 1, href: `/review/${review}`, at: new Date() });
  const fanOut = (): Promise<unknown> =>
    sql.rows('insert into fan_out (account, activity) select follower, $2 from follow where followed = $1', [publisher, ++review]);
  const works: readonly [string, () => Promise<unknown>][] = [
    ['One row by its key', () => sql.one('select name from account where id = $1', [reader])],
    ['Publishing to 10,000 followers', publish],
    ['The same, were it written into 10,000 feeds', fanOut],
    ['Feed of somebody who follows 200', () => feedOf(sql, reader, read, undefined, 'true')],
    ['Its second page', () => feedOf(sql, reader, read, first.at(-1), 'true')],
    ['Feed of somebody who follows 5,000, the most', () => feedOf(sql, greedy, read, undefined, 'true')],
    ['Counts on the profile with 10,000 followers', () => counts(sql, reader, publisher)],
    ['Grouping a page', () => grouped(first)],
  ];
  const times = works.map(([title]): [string, number[]] => [title, []]);
  for (let round = -warmUp; round < rounds; round++)
    for (const [i, [, work]] of works.entries()) {
      const since = performance.now();
      await work();
      if (round >= 0) times[i]![1].push(performance.now() - since);
    }
  return times;
}

const nobody = { publicProfiles: async () => new Map(), cards: async () => new Map() };
const grouped = (happenings: readonly Happening[]): Promise<object> => linesOf({ accounts: nobody as never, films: nobody as never }, happenings);

const tableOf = (times: readonly [string, number[]][]): Table => {
  const base = quantile(times[0]![1], 0.5);
  return {
    title: 'Feed',
    columns: ['Work', 'p50 ms', 'p95 ms', '× one row'],
    rows: times.map(([title, all]) => [title, quantile(all, 0.5), quantile(all, 0.95), quantile(all, 0.5) / base]),
    note: `${people.toLocaleString('en')} accounts with up to ${ratingsEach} ratings each, one in a hundred private. Statements from this process to the database, ${rounds} of each after ${warmUp} to warm up, in turns.`,
  };
};
