import { z } from 'zod';
import { defineJob } from '../../core/jobs.ts';
import { openBench, type Bench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
const count = async (name: string) => (await bench.sql.one<{ n: number }>('select count(*)::int as n from job_run where name = $1', [name]))!.n;

test('fifty enqueues at once with one key make one run, and all get its id', async () => {
  const jobs = await bench.process({ work: false });
  const ids = await Promise.all(
    Array.from({ length: 50 }, () => bench.sql.transaction((tx) => jobs.enqueue(tx, 'same.key', { a: 1 }, { key: 'k' }))),
  );
  expect(new Set(ids).size).toBe(1);
  expect(await count('same.key')).toBe(1);
});

test('without a key, and under another key, each enqueue is a run of its own', async () => {
  const jobs = await bench.process({ work: false });
  const ids = [
    await jobs.enqueue(bench.sql, 'own.run'),
    await jobs.enqueue(bench.sql, 'own.run'),
    await jobs.enqueue(bench.sql, 'own.run', {}, { key: 'a' }),
    await jobs.enqueue(bench.sql, 'own.run', {}, { key: 'b' }),
  ];
  expect(new Set(ids).size).toBe(4);
});

test('once a run has ended, its key is free', async () => {
  const jobs = await bench.process({ work: false });
  const first = await jobs.enqueue(bench.sql, 'free.key', {}, { key: 'k' });
  await jobs.cancel(bench.sql, first);
  expect(await jobs.enqueue(bench.sql, 'free.key', {}, { key: 'k' })).not.toBe(first);
});

test('a run is enqueued with the transaction or not at all', async () => {
  const jobs = await bench.process({ work: false });
  const broken = bench.sql.transaction(async (tx) => {
    await jobs.enqueue(tx, 'rolled.back');
    throw new Error('the rest of the change failed');
  });
  await expect(broken).rejects.toThrow('the rest of the change failed');
  expect(await count('rolled.back')).toBe(0);
});

test('a second process waits for the first transaction with the key, and takes over when that is rolled back', async () => {
  const jobs = await bench.process({ work: false });
  let second: Promise<number> | undefined;
  const first = bench.sql.transaction(async (tx) => {
    await jobs.enqueue(tx, 'take.over', {}, { key: 'k' });
    second = jobs.enqueue(bench.sql, 'take.over', {}, { key: 'k' });
    throw new Error('no');
  });
  await expect(first).rejects.toThrow('no');
  expect((await bench.run(await second!)).status).toBe('queued');
});

test('a payload that the job does not take is refused with the field named', async () => {
  const jobs = await bench.process({ work: false });
  jobs.start(defineJob({ name: 'strict.payload', title: 'Strict', payload: z.object({ film: z.int() }), run: async () => {} }));
  await expect(jobs.enqueue(bench.sql, 'strict.payload', { film: 'seven' })).rejects.toMatchObject({
    status: 422,
    fields: { film: expect.any(String) },
  });
  expect(await count('strict.payload')).toBe(0);
});

test('a job of the same name twice, or with a schedule that never comes true, is refused at the start', async () => {
  const jobs = await bench.process({ work: false });
  const job = (name: string, every?: string) => defineJob({ name, title: name, ...(every === undefined ? {} : { every }), run: async () => {} });
  jobs.start(job('twice'));
  expect(() => jobs.start(job('twice'))).toThrow('Two plugins provide the job "twice"');
  for (const every of ['often', '0 4 * *', '* * * * * *', '60 * * * *', '@daily', '0 0 31 2 *', '']) {
    expect(() => jobs.start(job('bad.cron', every))).toThrow(/The job bad\.cron has the schedule ".*"\. It must be five fields/);
  }
  expect(jobs.definitions().map(({ name }) => name)).toEqual(['twice']);
});

test('the table refuses what no ledger may hold', async () => {
  const bad = [
    `insert into job_run (name, status) values ('x', 'lost')`,
    `insert into job_run (name, status) values ('x', 'running')`,
    `insert into job_run (name, status) values ('x', 'done')`,
    `insert into job_run (name, progress) values ('x', 'NaN')`,
    `insert into job_run (name, payload) values ('x', '[]')`,
    `insert into job_run (name, attempt) values ('x', 4)`,
    `insert into job_run (name, lease_token) values ('x', gen_random_uuid())`,
  ];
  for (const statement of bad) await expect(bench.sql.rows(statement)).rejects.toThrow(/violates check constraint/);
});
