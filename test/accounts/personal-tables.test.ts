import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { plugins } from '../../config/plugins.ts';
import { connect, sqlOver } from '../../core/database/connect.ts';
import { migrate } from '../../core/database/migrate.ts';
import type { Sql } from '../../core/database/sql.ts';
import { csvOf, personalFiles } from '../../plugins/accounts/export.ts';
import { testDatabase } from '../harness/database.ts';

/** What stays when an account goes, and why. */
const stays: Readonly<Record<string, string>> = {
  unit: 'it belongs to nobody afterwards',
  experiment: 'an operator made it; the row of the account stays, without a name',
  experiment_layer: 'as above',
  experiment_forced: 'an operator put a unit into an arm; the unit belongs to nobody afterwards',
  served_list: 'counts of experiments, on a unit that belongs to nobody',
  list_assignment: 'counts of experiments, on a unit that belongs to nobody',
  outcome: 'counts of experiments, on a unit that belongs to nobody',
  experiment_unit: 'counts of experiments, on a unit that belongs to nobody',
  shown_hour: 'counts of experiments, on a unit that belongs to nobody',
};

let sql: Sql, stop: () => Promise<void>;
beforeAll(async () => {
  const database = await testDatabase();
  await migrate(database.url, plugins);
  const sequelize = connect(database.url, 2);
  sql = sqlOver(sequelize);
  stop = async () => {
    await sequelize.close();
    await database.drop();
  };
});
afterAll(() => stop());

test('every table that names an account or a unit is in the personal data of a plugin', async () => {
  const tables = await sql.rows<{ name: string }>(
    `select distinct conrelid::regclass::text as name from pg_constraint
    where contype = 'f' and confrelid in ('account'::regclass, 'unit'::regclass) order by 1`,
  );
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['rating', 'watchlist_item', 'follow']));
  const sources = ['personal.ts', 'personal-data.ts', 'leave.ts']
    .flatMap((file) => plugins.map(({ id }) => fileURLToPath(new URL(`../../plugins/${id}/${file}`, import.meta.url))))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  expect(tables.filter(({ name }) => !(name in stays) && !new RegExp(`\\b${name}\\b`).test(sources))).toEqual([]);
});

test('each plugin exports files and erases rows of an account that has nothing yet', async () => {
  const { id: account } = (await sql.one<{ id: number }>(
    `insert into account (email, handle, name, password_hash) values ('new@example.org', 'new', 'New', 'x') returning id`,
  ))!;
  const { id: unit } = (await sql.one<{ id: number }>('insert into unit (account) values ($1) returning id', [account]))!;
  const files: string[] = [];
  for (const { personalData } of plugins) {
    files.push(...Object.keys((await personalData?.export(sql, { account, unit })) ?? {}));
    await sql.transaction(async (tx) => personalData?.erase(tx, { account, unit }, { keepTexts: false }));
  }
  expect(files).toEqual(expect.arrayContaining(['ratings', 'watchlist', 'following']));
  expect(files.every((name) => /^[a-z][a-z-]*$/.test(name))).toBe(true);
  expect(new Set(files).size).toBe(files.length);
});

/** A spreadsheet would calculate it. */
const formula = '=cmd|x!A1';
/** Everything that people can write, of somebody and about somebody: $1 is the formula, $2 who takes it along. */
const everywhere = [
  `insert into account (email, handle, name, bio, password_hash) values ('f@example.org', 'writer', $1, $1, 'x'), ('g@example.org', 'other', $1, $1, 'x')`,
  'insert into unit (account) select id from account where handle = $2',
  'insert into film (title, year) values ($1, 1999)',
  `insert into rating (unit, film, stars, rated_at) select u.id, f.id, 4, now() from unit u join account a on a.id = u.account and a.handle = $2, film f`,
  `insert into film_list (account, name, description, public, created_at, updated_at) select id, $1, $1, true, now(), now() from account`,
  'insert into film_list_item (list, film, place, note, added_at) select l.id, f.id, 1, $1, now() from film_list l, film f',
  `insert into film_list_like (list, account, at) select l.id, a.id, now() from film_list l join account a on a.id <> l.account and a.handle = $2`,
  'insert into watchlist_item (account, film, added_at, place, note) select a.id, f.id, now(), 1, $1 from account a, film f where handle = $2',
  `insert into diary_entry (unit, film, watched_on, noted_at) select u.id, f.id, '2024-01-01', now() from unit u join account a on a.id = u.account and a.handle = $2, film f`,
  'insert into review (author, film, text, at) select a.id, f.id, $1, now() from account a, film f where handle = $2',
  `insert into review_comment (review, depth, author, text, at, form) select r.id, 0, a.id, $1, now(), 'form-form' from review r, account a where handle = $2`,
  `insert into share (sender, recipient, film, note, at) select a.id, b.id, f.id, $1, now() from account a join account b on a.id <> b.id, film f where $2 in (a.handle, b.handle)`,
  `insert into report (kind, subject, author, reporter, reason, note, excerpt, href, at) select 'person', b.id, b.id, a.id, 'other', $1, $1, '/people/other', now()
    from account a, account b where a.handle = $2 and b.handle = 'other'`,
  `insert into suspension (account, until, reason, at) select id, now() + interval '1 day', $1, now() from account where handle = $2`,
  `insert into activity (account, kind, subject, title, href, at) select id, 'list', 1, $1, '/list/1', now() from account where handle = $2`,
  `insert into notification (account, kind, subject, title, href, at) select id, 'warning', 1, $1, '/people/x', now() from account where handle = $2`,
  'insert into follow (follower, followed, at) select a.id, b.id, now() from account a, account b where a.handle <> b.handle and $2 in (a.handle, b.handle)',
  `insert into import_file (account, name, source, at) select id, $1, 'imdb', now() from account where handle = $2`,
];

test('no text that somebody wrote is a formula in an exported table, and all of them are told as they are in JSON', async () => {
  for (const statement of everywhere) await sql.rows(statement.replaceAll('$1', `'${formula}'`).replaceAll('$2', `'writer'`));
  const { account, unit } = (await sql.one<{ account: number; unit: number }>(
    `select a.id as account, u.id as unit from account a join unit u on u.account = a.id where handle = 'writer'`,
  ))!;
  const parts = new Map(plugins.flatMap(({ id, personalData }) => (personalData ? [[id, personalData]] : [])));
  const files = await personalFiles(sql, parts, { account, unit }),
    told: string[] = [];
  for (const [name, rows] of Object.entries(files)) {
    for (const [column, value] of rows.flatMap((row) => Object.entries(row))) if (value === formula) told.push(`${name}.${column}`);
    for (const cell of (parse(csvOf(rows), { bom: true }) as string[][]).flat())
      expect([name, cell]).not.toEqual([name, expect.stringMatching(/^[=+\-@\t\r]/)]);
  }
  expect(told).toEqual(
    expect.arrayContaining(
      `account.name account.bio ratings.title lists.list lists.description lists.note liked-lists.list watchlist.note diary.title reviews.text
      comments.text films-recommended.note inbox.note reports.note suspension.reason activity.title notifications.title following.name followers.name
      imports.name`.split(/\s+/),
    ),
  );
});
