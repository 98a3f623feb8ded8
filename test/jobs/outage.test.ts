import { jest } from '@jest/globals';
import { defineJob } from '../../core/jobs.ts';
import { silent } from '../../core/log.ts';
import { openStore } from '../../jobs/store.ts';
import { eventually, gate, openBench, type Bench } from './bench.ts';

let bench: Bench;
// Sequelize reports on the console each transaction that it cannot roll back.
const hush = jest.spyOn(console, 'warn').mockImplementation(() => {});
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());
afterAll(() => hush.mockRestore());

const cutEverybodyOff = () =>
  bench.sql.one<{ n: number }>(
    `select count(pg_terminate_backend(pid))::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );

test('when the database cuts all connections, a running job ends well and the next one runs', async () => {
  const jobs = await bench.process();
  const [running, end] = [gate(), gate()];
  jobs.start(
    defineJob({
      name: 'in.flight',
      title: 'In flight',
      lease: 3,
      async run() {
        running.open();
        await end.opened;
        return 'kept';
      },
    }),
  );
  jobs.start(defineJob({ name: 'after.cut', title: 'After the cut', run: async () => 'fine' }));
  await jobs.begin();
  const id = await jobs.enqueue(bench.sql, 'in.flight');
  await running.opened;
  expect((await cutEverybodyOff())!.n).toBeGreaterThanOrEqual(3);
  end.open();
  expect(await eventually(() => jobs.settled(id).catch(() => undefined))).toMatchObject({ status: 'done', result: 'kept' });
  expect((await bench.run(id)).attempt).toBe(1);
  const next = await eventually(() => jobs.enqueue(bench.sql, 'after.cut').catch(() => undefined));
  expect(await jobs.settled(next)).toMatchObject({ status: 'done', result: 'fine' });
});

test('cut off again and again, a hundred jobs all end, each once in the ledger', async () => {
  const all = [await bench.process(), await bench.process()];
  for (const jobs of all) {
    jobs.start(defineJob({ name: 'rough.times', title: 'Rough times', lease: 1, attempts: 20, run: async ({ payload }) => payload }));
    await jobs.begin();
  }
  const ids = await bench.sql.transaction(async (tx) => {
    const made: number[] = [];
    for (let n = 0; n < 100; n += 1) made.push(await all[0]!.enqueue(tx, 'rough.times', { n }));
    return made;
  });
  const done = async () =>
    (await bench.sql.one<{ n: number }>(`select count(*)::int as n from job_run where status = 'done'`).catch(() => undefined))?.n ?? 0;
  for (const milestone of [10, 30, 60]) {
    await eventually(async () => (await done()) >= milestone);
    await eventually(() => cutEverybodyOff().catch(() => undefined));
  }
  await eventually(async () => (await done()) === 100);
  expect((await bench.run(ids[99]!)).result).toEqual({ n: 99 });
});

test('a process that starts while its queue is out of reach says so, keeps trying and can be drained', async () => {
  const said: string[] = [];
  const log = {
    ...silent,
    warn: (message: string) => {
      said.push(message);
    },
    child: () => silent,
  };
  const jobs = await bench.process({ log, timing: { sweep: 0.02 } });
  await bench.sql.rows('alter table job_run rename to job_run_away');
  await jobs.begin();
  expect(said).toEqual(['the job queue is out of reach; trying again']);
  jobs.start(defineJob({ name: 'after.all', title: 'After all', run: async () => 'fine' }));
  await bench.sql.rows('alter table job_run_away rename to job_run');
  expect(await jobs.settled(await jobs.enqueue(bench.sql, 'after.all'))).toMatchObject({ status: 'done' });
});

test('five processes that start at once on an empty database all work', async () => {
  const all = await Promise.all(Array.from({ length: 5 }, () => bench.process()));
  await Promise.all(all.map((jobs) => jobs.begin()));
  for (const jobs of all) {
    const undo = jobs.start(defineJob({ name: 'who.works', title: 'Who works', run: async () => 'done here' }));
    const id = await jobs.enqueue(bench.sql, 'who.works');
    expect(await jobs.settled(id)).toMatchObject({ status: 'done' });
    await undo();
  }
});

test('what Agenda does without waiting for it cannot end the process', async () => {
  const store = await openStore({ databaseUrl: bench.url, jobsUrl: undefined, log: silent });
  const job = await store.backend.repository.saveJob({ name: 'any', priority: 0, nextRunAt: new Date(), type: 'normal', data: {} }, {});
  await store.close();
  await expect(store.backend.repository.unlockJob(job)).resolves.toBeUndefined();
  await expect(store.backend.connect()).resolves.toBeUndefined();
});

test('a queue that cannot be reached is an error that can be caught, with nothing left open', async () => {
  await expect(openStore({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none', jobsUrl: undefined, log: silent })).rejects.toThrow('ECONNREFUSED');
});
