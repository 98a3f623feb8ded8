import { setTimeout as pause } from 'node:timers/promises';
import { connect, sqlOver } from '../../core/database/connect.ts';
import { PostgresBus } from '../../core/database/listen.ts';
import { migrate } from '../../core/database/migrate.ts';
import type { Sql } from '../../core/database/sql.ts';
import { silent } from '../../core/log.ts';
import { encode } from '../../core/models/format.ts';
import { ModelRegistry, type Trained } from '../../core/models/registry.ts';
import { testDatabase, type TestDatabase } from '../harness/database.ts';

let database: TestDatabase, sql: Sql, bus: PostgresBus, close: () => Promise<void>;
const made = (value: number, size = 3): Trained => ({
  algorithm: 'a',
  bytes: encode({ values: new Float32Array(size).fill(value) }),
  settings: { value },
  metrics: { hitRate10: 0.5, ndcg10: 0.2, coverage10: 0.1, viewers: 10 },
  films: 3,
  ratings: 7,
  fingerprint: 'f',
  seconds: 1,
});
const valueOf = (registry: ModelRegistry) => (registry.loaded.get('a')?.model['values'] as Float32Array | undefined)?.[0];

beforeEach(async () => {
  database = await testDatabase();
  await migrate(database.url, []);
  const sequelize = connect(database.url, 4);
  sql = sqlOver(sequelize);
  bus = new PostgresBus(database.url, silent);
  await bus.open();
  close = async () => {
    await bus.close();
    await sequelize.close();
    await database.drop();
  };
});
afterEach(() => close());

/** Another process: its own memory, fed by notifications. */
async function registry(): Promise<ModelRegistry> {
  const one = new ModelRegistry(sql, bus, silent);
  await one.open();
  return one;
}
async function until(check: () => boolean): Promise<void> {
  while (!check()) await pause(5);
}

test('a published model reaches other processes, in chunks larger than one', async () => {
  const [worker, web] = [await registry(), await registry()];
  await worker.publish(made(1, 600_000));
  await until(() => valueOf(web) === 1);
  expect((await sql.rows('select from model_chunk')).length).toBe(3);
});

test('rolling back serves the old version everywhere and is audited', async () => {
  const [worker, web] = [await registry(), await registry()];
  const first = await worker.publish(made(1));
  await worker.publish(made(2));
  await until(() => valueOf(web) === 2);
  await web.activate(first, 42);
  await until(() => valueOf(worker) === 1 && valueOf(web) === 1);
  const versions = await web.versions();
  expect(versions.map(({ version, active }) => [version, active])).toEqual([
    [2, false],
    [1, true],
  ]);
  expect(await sql.one('select operator, action, after from audit_log')).toEqual({ operator: 42, action: 'model.activate', after: first });
  await expect(web.activate(999, 42)).rejects.toMatchObject({ status: 404 });
});

test('a damaged model is not served: the one in memory stays, a fresh process takes the newest sound one', async () => {
  const web = await registry();
  await web.publish(made(1));
  const second = await web.publish(made(2));
  await until(() => valueOf(web) === 2);
  await sql.rows(`update model_chunk set bytes = set_byte(bytes, 0, 255) where model = $1`, [second]);
  expect(valueOf(await registry())).toBe(1);
  await web.refresh();
  expect(valueOf(web)).toBe(2);
});

test('a half-written model never appears: bytes, row and switch commit together', async () => {
  const web = await registry();
  await web.publish(made(1));
  await expect(
    sql.transaction(async (tx) => {
      await new ModelRegistry(tx, bus, silent).publish(made(2));
      throw new Error('killed');
    }),
  ).rejects.toThrow('killed');
  await web.refresh();
  expect([valueOf(web), (await web.versions()).length]).toEqual([1, 1]);
});

test('at most five versions are kept, and the one in service always', async () => {
  const web = await registry();
  const first = await web.publish(made(1));
  for (let n = 2; n <= 8; n++) await web.publish(made(n));
  expect((await web.versions()).map(({ version }) => version)).toEqual([8, 7, 6, 5, 4]);
  expect((await web.versions()).some(({ id }) => id === first)).toBe(false);
});
