import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { plugins } from '../../config/plugins.ts';
import { connect, sqlOver } from '../../core/database/connect.ts';
import { migrate } from '../../core/database/migrate.ts';
import type { Sql } from '../../core/database/sql.ts';
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
