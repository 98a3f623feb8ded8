import { setTimeout as pause } from 'node:timers/promises';
import { connect, sqlOver } from '../../core/database/connect.ts';
import { PostgresBus } from '../../core/database/listen.ts';
import { migrate } from '../../core/database/migrate.ts';
import type { Sql } from '../../core/database/sql.ts';
import { silent } from '../../core/log.ts';
import { encode } from '../../recommend/models/format.ts';
import { changePolicy, policyOf } from '../../recommend/models/policy.ts';
import { ModelRegistry, type Trained } from '../../recommend/models/registry.ts';
import type { Updated } from '../../recommend/models/store.ts';
import { testDatabase, type TestDatabase } from '../harness/database.ts';

let database: TestDatabase, sql: Sql, bus: PostgresBus, close: () => Promise<void>;
const made = (value: number, size = 3, ndcg10 = 0.2): Trained => ({
  algorithm: 'a',
  bytes: encode({ values: new Float32Array(size).fill(value) }),
  settings: { value },
  metrics: { hitRate10: 0.5, ndcg10, coverage10: 0.1, viewers: 10 },
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

test('a model comes into service when it is prepared: slice by slice, while the one before goes on serving', async () => {
  const seen: (number | undefined)[] = [];
  let turns = 0,
    counting = true;
  const turn = (): void => {
    turns++;
    if (counting) setImmediate(turn);
  };
  const algorithm = {
    id: 'a',
    title: 'A',
    description: 'A.',
    train: () => ({}),
    score() {},
    *prepare(model: { values: Float32Array }) {
      for (let slice = 0; slice < 20; slice++) {
        seen.push(valueOf(web));
        yield;
      }
      if (model.values[0] === 3) throw new Error('bug');
    },
  };
  const worker = await registry();
  const web = new ModelRegistry(sql, bus, silent, [{ id: 'p', title: 'P', description: 'P.', algorithms: [algorithm] } as never]);
  await web.open();
  await worker.publish(made(1));
  await until(() => valueOf(web) === 1);
  setImmediate(turn);
  await worker.publish(made(2));
  await until(() => valueOf(web) === 2);
  counting = false;
  expect(seen).toEqual([...Array<undefined>(20).fill(undefined), ...Array<number>(20).fill(1)]);
  expect(turns).toBeGreaterThanOrEqual(20);
  await worker.publish(made(3));
  await until(() => valueOf(web) === 3);
});

test('rolling back serves the old version everywhere and is audited', async () => {
  const [worker, web] = [await registry(), await registry()];
  const { id: first } = await worker.publish(made(1));
  await worker.publish(made(2));
  await until(() => valueOf(web) === 2);
  await web.activate(first, 42);
  await until(() => valueOf(worker) === 1 && valueOf(web) === 1);
  const versions = await web.versions();
  expect(versions.map(({ version, active }) => [version, active])).toEqual([
    [2, false],
    [1, true],
  ]);
  expect(await sql.one('select operator, action, before, after from audit_log')).toEqual({
    operator: 42,
    action: 'model.activate',
    before: { model: first + 1, version: 2 },
    after: { model: first, version: 1 },
  });
  await expect(web.activate(999, 42)).rejects.toMatchObject({ status: 404 });
});

test('a refused model is stored with the reason and not served, until an operator wants it', async () => {
  const [worker, web] = [await registry(), await registry()];
  await worker.publish(made(1));
  const refused = await worker.publish(made(2, 3, 0.1));
  expect(refused).toMatchObject({ version: 2, served: false, verdict: 'NDCG@10 0.100 is 50 % below 0.200 of version 1; the tolerance is 10 %.' });
  await until(() => web.troubled.refused === 1);
  expect([valueOf(web), (await web.versions())[0]]).toEqual([1, expect.objectContaining({ version: 2, refused: true, active: false })]);
  await web.activate(refused.id, 42);
  await until(() => valueOf(worker) === 2 && valueOf(web) === 2);
  expect(await sql.one('select after from audit_log')).toEqual({ after: { model: refused.id, version: 2, refused: refused.verdict } });
  // What serves is the champion from now on.
  expect(await worker.publish(made(3, 3, 0.095))).toMatchObject({ served: true });
  await until(() => worker.troubled.refused === 0);
});

test('a slow decline ends at the tolerance below the best, until an operator accepts it', async () => {
  const worker = await registry();
  for (const [i, ndcg10] of [0.2, 0.19, 0.181].entries()) expect(await worker.publish(made(i, 3, ndcg10))).toMatchObject({ served: true });
  const refused = await worker.publish(made(4, 3, 0.172));
  expect(refused).toMatchObject({
    served: false,
    verdict: 'NDCG@10 0.172 is 14 % below 0.200 of version 1, the best that is kept; the tolerance is 10 %.',
  });
  await worker.activate(refused.id, 42);
  expect(await worker.publish(made(5, 3, 0.165))).toMatchObject({ served: true });
  expect(await worker.publish(made(6, 3, 0.154))).toMatchObject({ served: false, verdict: expect.stringMatching(/ of version 4, the best/) });
});

test('the best is kept when others of its age go', async () => {
  const worker = await registry();
  await changePolicy(sql, { tolerance: 1, kept: 3, version: 0 }, 42);
  for (const [i, ndcg10] of [0.2, 0.3, 0.2, 0.2, 0.2].entries()) await worker.publish(made(i, 3, ndcg10));
  expect((await worker.versions()).map(({ version }) => version)).toEqual([5, 4, 2]);
});

test('the tolerance can be set; a stale or wrong setting is refused', async () => {
  const web = await registry();
  await changePolicy(sql, { tolerance: 0.6, kept: 2, version: 0 }, 42);
  expect(await policyOf(sql)).toEqual({ tolerance: 0.6, kept: 2, version: 1 });
  expect(await sql.one('select operator, action, before, after from audit_log')).toEqual({
    operator: 42,
    action: 'model.policy',
    before: { tolerance: 0.1, kept: 5 },
    after: { tolerance: 0.6, kept: 2 },
  });
  await web.publish(made(1));
  expect(await web.publish(made(2, 3, 0.09))).toMatchObject({ served: true });
  await expect(changePolicy(sql, { tolerance: 0.2, kept: 5, version: 0 }, 42)).rejects.toMatchObject({ code: 'STALE' });
  await expect(changePolicy(sql, { tolerance: 1.5, kept: 1, version: 1 }, 42)).rejects.toMatchObject({
    fields: { tolerance: 'must be a number from 0 to 1', kept: 'must be a whole number from 2 to 50' },
  });
});

describe('a broken model', () => {
  const damages: [string, string][] = [
    ['changed bytes', `update model_chunk set bytes = set_byte(bytes, 0, 255) where model = $1`],
    ['a missing chunk', `delete from model_chunk where model = $1 and n = 1`],
    ['no bytes', `delete from model_chunk where model = $1`],
  ];
  test.each(damages)('with %s is marked once, and the last good version is served', async (_what, damage) => {
    const web = await registry();
    await web.publish(made(1, 600_000));
    const { id } = await web.publish(made(2, 600_000));
    await until(() => valueOf(web) === 2);
    await sql.rows(damage, [id]);
    const errors: string[] = [];
    const log = { ...silent, error: (message: string) => void errors.push(message) };
    const fresh = [new ModelRegistry(sql, bus, log), new ModelRegistry(sql, bus, log)];
    for (const one of fresh) await one.open();
    await fresh[0]!.refresh();
    expect([fresh.map(valueOf), errors.length]).toEqual([[1, 1], 1]);
    expect(fresh[1]!.troubled.broken).toBe(1);
    // What is sound in memory stays, and so does the operator's choice.
    await web.refresh();
    expect(valueOf(web)).toBe(2);
    expect((await web.versions())[0]).toMatchObject({ version: 2, active: true, broken: expect.stringMatching(/ Train the algorithm again\.$/) });
  });

  test('whose header cannot be read is found out although its checksum is right', async () => {
    const web = await registry();
    await web.publish(made(1));
    await web.publish({ ...made(2), bytes: Buffer.from([9, 0, 0, 0, 1, 2, 3]) });
    await until(() => web.troubled.broken === 1);
    expect([valueOf(web), (await web.versions())[0]!.broken]).toEqual([1, 'Its header cannot be read. Train the algorithm again.']);
  });

  test('is never put in service by hand; one that was mended is', async () => {
    const web = await registry();
    const { id } = await web.publish(made(1));
    await web.publish(made(2));
    await until(() => valueOf(web) === 2);
    await sql.rows('update model_chunk set bytes = set_byte(bytes, 0, get_byte(bytes, 0) + 1) where model = $1', [id]);
    await expect(web.activate(id, 42)).rejects.toMatchObject({ status: 409, message: expect.stringContaining('checksum') });
    expect([valueOf(web), (await web.versions())[1]!.broken]).toEqual([2, expect.stringContaining('checksum')]);
    await sql.rows('update model_chunk set bytes = set_byte(bytes, 0, get_byte(bytes, 0) - 1) where model = $1', [id]);
    await web.activate(id, 42);
    await until(() => valueOf(web) === 1);
    expect((await web.versions())[1]!.broken).toBeNull();
  });

  test('is no champion: the next training is compared with the last good one', async () => {
    const web = await registry();
    await web.publish(made(1, 3, 0.1));
    const { id } = await web.publish(made(2, 3, 0.3));
    await sql.rows('delete from model_chunk where model = $1', [id]);
    expect(valueOf(await registry())).toBe(1);
    expect(await web.publish(made(3, 3, 0.11))).toMatchObject({ served: true, verdict: 'NDCG@10 0.110 is 10 % above 0.100 of version 1.' });
  });
});

describe('an update', () => {
  const updated = (source: number, value: number): Updated => {
    const { algorithm, bytes } = made(value);
    return { algorithm, source, bytes, films: 4, units: 2, seconds: 0.5, peakBytes: 1e6, snapshot: '10:20:' };
  };

  test('is served everywhere in the place of the one before, with the metrics of its training', async () => {
    const [worker, web] = [await registry(), await registry()];
    const { id } = await worker.publish(made(1));
    const first = (await worker.publishUpdate(updated(id, 2)))!;
    await until(() => valueOf(web) === 2);
    const second = await worker.publishUpdate(updated(first, 3));
    await until(() => valueOf(web) === 3 && valueOf(worker) === 3);
    expect(web.loaded.get('a')).toMatchObject({ id: second, version: 1, revision: 2, films: 4 });
    const [version, ...others] = await web.versions();
    expect([version, others]).toEqual([
      expect.objectContaining({ id, active: true, update: expect.objectContaining({ revision: 2, units: 2 }) }),
      [],
    ]);
    expect(await sql.one('select metrics from model where id = $1', [second!])).toEqual({ metrics: version!.metrics });
  });

  test('of a model that is no longer in service is dropped', async () => {
    const worker = await registry();
    const { id } = await worker.publish(made(1));
    await worker.publish(made(2));
    expect(await worker.publishUpdate(updated(id, 9))).toBeUndefined();
    await worker.refresh();
    expect([valueOf(worker), (await worker.versions()).map(({ update }) => update)]).toEqual([2, [null, null]]);
  });

  test('that is broken leaves its version in service; the next one begins there', async () => {
    const worker = await registry();
    const { id } = await worker.publish(made(1));
    const broken = (await worker.publishUpdate(updated(id, 2)))!;
    await sql.rows('delete from model_chunk where model = $1', [broken]);
    const web = await registry();
    expect([valueOf(web), web.loaded.get('a')?.id]).toEqual([1, id]);
    expect(await worker.publishUpdate(updated(broken, 3))).toBeUndefined();
    await worker.publishUpdate(updated(id, 4));
    await until(() => valueOf(web) === 4);
    expect(web.loaded.get('a')?.revision).toBe(2);
  });
});

test('a version can be looked at without putting it in service', async () => {
  const web = await registry();
  const ids = [];
  for (let n = 1; n <= 3; n++) ids.push((await web.publish(made(n))).id);
  await until(() => valueOf(web) === 3);
  expect((await web.version(ids[0]!)).model['values']).toEqual(new Float32Array(3).fill(1));
  expect(await web.version(ids[0]!)).toBe(await web.version(ids[0]!));
  expect(valueOf(web)).toBe(3);
  await expect(web.version(999)).rejects.toMatchObject({ status: 404 });
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
  const { id: first } = await web.publish(made(1));
  for (let n = 2; n <= 8; n++) await web.publish(made(n));
  expect((await web.versions()).map(({ version }) => version)).toEqual([8, 7, 6, 5, 4]);
  expect((await web.versions()).some(({ id }) => id === first)).toBe(false);
});

test('the champion and the last good version outlast any number of refused ones', async () => {
  const web = await registry();
  for (let n = 1; n <= 4; n++) await web.publish(made(n));
  for (let n = 5; n <= 9; n++) await web.publish(made(n, 3, 0.01));
  expect((await web.versions()).map(({ version }) => version)).toEqual([9, 8, 7, 4, 3]);
  expect(valueOf(web)).toBe(4);
});
