import { defineJob } from '../../core/jobs.ts';
import { lastTick, nextTick } from '../../jobs/cron.ts';
import { listRuns } from '../../jobs/read.ts';
import { eventually, gate, openBench, type Bench } from './bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const minute = 60_000;
const noon = Date.parse('2026-11-22T12:00:00Z');
const cronJob = (run: () => Promise<unknown> = async () => {}, every = '*/10 * * * *') =>
  defineJob({ name: 'every.ten', title: 'Every ten minutes', every, run });
const runs = () => listRuns(bench.sql, { name: 'every.ten' });
const takenUpTo = async () => (await bench.sql.one<{ tick: Date }>(`select tick from job_tick where name = 'every.ten'`))?.tick.toISOString();

test('ticks are those of UTC', () => {
  expect(nextTick('0 4 * * *', noon).toISOString()).toBe('2026-11-23T04:00:00.000Z');
  expect(lastTick('0 4 * * *', noon).toISOString()).toBe('2026-11-22T04:00:00.000Z');
  expect(lastTick('0 12 * * *', noon).getTime()).toBe(noon);
  expect(nextTick('0 12 * * *', noon).getTime()).toBe(noon + 24 * 60 * minute);
});

test('two processes make one run of a tick, and a new job has missed nothing', async () => {
  let now = noon + minute;
  const processes = [await bench.process({ timing: { now: () => now } }), await bench.process({ timing: { now: () => now } })];
  for (const jobs of processes) {
    jobs.start(cronJob());
    await jobs.begin();
  }
  expect(await runs()).toEqual([]);
  expect(processes[0]!.definitions()).toContainEqual({
    name: 'every.ten',
    title: 'Every ten minutes',
    every: '*/10 * * * *',
    next: new Date(noon + 10 * minute),
  });
  for (const tick of ['12:10', '12:20']) {
    now += 10 * minute;
    await eventually(async () => (await takenUpTo()) === `2026-11-22T${tick}:00.000Z`);
    const [latest] = await eventually(async () => {
      const all = await runs();
      return all[0]?.status === 'done' && all;
    });
    expect(latest).toMatchObject({ key: `tick 2026-11-22T${tick}:00.000Z`, status: 'done' });
  }
  expect(await runs()).toHaveLength(2);
});

test('ticks that were missed while everything was down are caught up by one run', async () => {
  const before = await bench.process({ timing: { now: () => noon } });
  before.start(cronJob());
  await before.begin();
  await before.drain(1000);
  const after = await bench.process({ timing: { now: () => noon + 35 * minute } });
  after.start(cronJob());
  await after.begin();
  const [run] = await eventually(async () => {
    const all = await runs();
    return all.length > 0 && all;
  });
  await after.settled(run!.id);
  expect((await runs()).map(({ key }) => key)).toEqual(['tick 2026-11-22T12:30:00.000Z']);
});

test('a tick that comes while the last one still runs makes no second run', async () => {
  let now = noon;
  const [running, end] = [gate(), gate()];
  const jobs = await bench.process({ timing: { now: () => now } });
  jobs.start(
    cronJob(async () => {
      running.open();
      await end.opened;
    }),
  );
  await jobs.begin();
  now += 10 * minute;
  await running.opened;
  now += 10 * minute;
  await eventually(async () => (await takenUpTo()) === '2026-11-22T12:20:00.000Z');
  end.open();
  const [run] = await runs();
  await jobs.settled(run!.id);
  expect(await runs()).toHaveLength(1);
});

test("Agenda's own tick makes the run, at its time", async () => {
  // The sweep would need an hour to step in.
  const jobs = await bench.process({ timing: { tick: 3600 } });
  jobs.start(cronJob());
  await jobs.begin();
  await bench.sql.rows(`update job_tick set tick = tick - interval '10 minutes' where name = 'every.ten'`);
  const early = await bench.sql.one<{ at: Date; zone: string }>(
    `update agenda_jobs set next_run_at = now() from (select next_run_at as at from agenda_jobs where name = 'tick every.ten') old
     where name = 'tick every.ten' returning old.at, repeat_timezone as zone`,
  );
  expect(early).toMatchObject({ zone: 'UTC' });
  expect(early!.at.getTime() % (10 * minute)).toBe(0);
  const [run] = await eventually(async () => {
    const all = await runs();
    return all.length > 0 && all;
  });
  expect(await jobs.settled(run!.id)).toMatchObject({ status: 'done' });
});

test('a job that is switched off makes no runs of its ticks', async () => {
  let now = noon;
  const jobs = await bench.process({ timing: { now: () => now } });
  await jobs.begin();
  const undo = jobs.start(cronJob());
  jobs.start(defineJob({ name: 'other.ten', title: 'Other', every: '*/10 * * * *', run: async () => {} }));
  await eventually(takenUpTo);
  await undo();
  now += 10 * minute;
  await eventually(async () => (await listRuns(bench.sql, { name: 'other.ten' })).length > 0);
  expect(await runs()).toEqual([]);
});
