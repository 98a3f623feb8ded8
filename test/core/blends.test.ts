import { connect, sqlOver } from '../../core/database/connect.ts';
import { PostgresBus } from '../../core/database/listen.ts';
import { migrate } from '../../core/database/migrate.ts';
import type { Sql } from '../../core/database/sql.ts';
import { silent } from '../../core/log.ts';
import { Blends } from '../../recommend/blends.ts';
import { testDatabase } from '../harness/database.ts';

let sql: Sql, bus: PostgresBus, blends: Blends, close: () => Promise<void>;
const spec = (weight: number) => ({ weights: { svd: weight }, normalisation: 'standard', diversity: 0.1 });

beforeAll(async () => {
  const database = await testDatabase();
  await migrate(database.url, []);
  const sequelize = connect(database.url, 4);
  sql = sqlOver(sequelize);
  bus = new PostgresBus(database.url, silent);
  await bus.open();
  blends = new Blends(sql, bus);
  await blends.open();
  close = async () => {
    await bus.close();
    await sequelize.close();
    await database.drop();
  };
});
afterAll(() => close());

test('the first blend is the default, a change is a new version, and the old one can still be looked up', async () => {
  const first = await blends.create('House', spec(1), null);
  expect(blends.current()).toEqual(first);
  const second = await blends.save(first.blend, first.id, spec(2), 'more of it', 7);
  expect([blends.current()?.version, blends.version(first.id)?.spec.weights]).toEqual([2, { svd: 1 }]);
  await expect(blends.save(first.blend, first.id, spec(3), '', 7)).rejects.toMatchObject({ status: 409, code: 'STALE' });
  expect((await sql.rows<{ action: string }>('select action from audit_log order by id')).map(({ action }) => action)).toEqual([
    'blend.save',
    'blend.save',
  ]);
  expect(second.name).toBe('House');
});

test('two operators who save at once: one wins, the other is told', async () => {
  const { blend, id } = blends.current()!;
  const results = await Promise.allSettled([blends.save(blend, id, spec(4), '', 1), blends.save(blend, id, spec(5), '', 2)]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('another blend can become the default; names are unique', async () => {
  const bold = await blends.create('Bold', spec(9), null);
  await expect(blends.create('Bold', spec(9), null)).rejects.toMatchObject({ status: 422, fields: { name: expect.stringContaining('already') } });
  await blends.makeDefault(bold.blend, 1);
  expect(blends.current()?.name).toBe('Bold');
  expect(blends.latest().map(({ name }) => name)).toEqual(['Bold', 'House']);
});

test.each([
  ['a negative weight', { weights: { a: -1 } }],
  ['all zero', { weights: { a: 0 } }],
  ['no weight', { weights: {} }],
  ['text', { weights: { a: '1' } }],
  ['diversity above one', { weights: { a: 1 }, diversity: 2 }],
  ['another normalisation', { weights: { a: 1 }, normalisation: 'magic' }],
  ['too much', { weights: { a: 1e9 } }],
])('%s is refused by the service and by the database', async (_what, bad) => {
  const whole = { normalisation: 'standard', diversity: 0, ...bad };
  await expect(blends.create('Bad', whole, null)).rejects.toMatchObject({ status: 422 });
  await expect(sql.rows('insert into blend_version (blend, version, spec) values (1, 99, $1)', [JSON.stringify(whole)])).rejects.toThrow(
    'blend_version_spec_check',
  );
});

test('versions that were served are never changed', async () => {
  await expect(sql.rows(`update blend_version set note = 'x'`)).rejects.toThrow('append-only');
});

test('an answer that comes late does not bring an old version back', async () => {
  const { blend, id } = blends.current()!;
  const waiting: (() => void)[] = [];
  const late = new Blends(
    {
      ...sql,
      rows: (async (...asked: Parameters<Sql['rows']>) => {
        const rows = await sql.rows(...asked);
        if (asked[0].includes('is_default')) await new Promise<void>((resolve) => waiting.push(resolve));
        return rows;
      }) as Sql['rows'],
    },
    bus,
  );
  const opened = late.open();
  while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const { version } = await blends.save(blend, id, spec(9), '', null);
  while (waiting.length < 2) await new Promise((resolve) => setImmediate(resolve));
  waiting[1]!();
  while (late.current() === undefined) await new Promise((resolve) => setImmediate(resolve));
  waiting[0]!();
  (await opened)();
  expect(late.current()!.version).toBe(version);
});
