import { defineJob, type JobRun } from '../../core/jobs.ts';
import { PostgresBus } from '../../core/database/listen.ts';
import { silent } from '../../core/log.ts';
import { Ledger } from '../../jobs/ledger.ts';
import { aborted, eventually, gate, openBench, type Bench } from './bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const job = (name: string, run: (run: JobRun<unknown>) => Promise<unknown>, more: object = {}) => defineJob({ name, title: name, run, ...more });
/** A worker that takes runs and then falls silent, as one does that is killed. */
const silentWorker = () => new Ledger({ sql: bench.sql, bus: new PostgresBus(bench.url, silent), worker: 'the killed one', backoff: 0.01 });

test('the run of a worker that died is taken over, and the attempt counts', async () => {
  const jobs = await bench.process();
  const id = await jobs.enqueue(bench.sql, 'survives.crash');
  const dead = silentWorker();
  const stale = await dead.claim(id, 3, 0.1);
  expect(stale).toMatchObject({ id, attempt: 1 });
  let attempts = 0;
  jobs.start(
    job('survives.crash', async () => {
      attempts += 1;
      return 'second worker';
    }),
  );
  await jobs.begin();
  expect(await jobs.settled(id)).toMatchObject({ status: 'done', result: 'second worker' });
  expect(attempts).toBe(1);
  expect((await bench.run(id)).attempt).toBe(2);
  // It was not dead after all, and comes with its own result: too late.
  expect(await dead.end(stale!, 'done', { result: '"first worker"' })).toBeUndefined();
  expect(await dead.beat(stale!, 30, 0.5, '')).toBeUndefined();
  expect((await bench.run(id)).result).toBe('second worker');
});

test('of many claims of one run one succeeds; a run for later and a cancelled one cannot be claimed', async () => {
  const jobs = await bench.process({ work: false });
  const ledger = silentWorker();
  const id = await jobs.enqueue(bench.sql, 'handed.over.twice');
  const claims = await Promise.all(Array.from({ length: 20 }, () => ledger.claim(id, 3, 30)));
  expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
  const later = await jobs.enqueue(bench.sql, 'for.later', {}, { at: new Date(Date.now() + 60_000) });
  expect(await ledger.claim(later, 3, 30)).toBeUndefined();
  await jobs.cancel(bench.sql, later);
  await bench.sql.rows(`update job_run set run_at = now() - interval '1 second' where id = $1`, [later]);
  expect(await ledger.claim(later, 3, 30)).toBeUndefined();
});

test('a job that kills its workers is dead after its attempts', async () => {
  const jobs = await bench.process();
  const id = await jobs.enqueue(bench.sql, 'kills.workers');
  await jobs.begin();
  const dead = silentWorker();
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    expect((await eventually(() => dead.claim(id, 3, 0.02))).attempt).toBe(attempt);
  }
  expect(await jobs.settled(id)).toMatchObject({ status: 'dead', error: 'Worker the killed one stopped answering.' });
});

test('heartbeats keep a run that lasts longer than its lease', async () => {
  const [one, two] = [await bench.process(), await bench.process()];
  let starts = 0;
  const beats = gate();
  for (const jobs of [one, two]) {
    jobs.start(
      job(
        'outlives.lease',
        async ({ signal }) => {
          starts += 1;
          await beats.opened;
          return { aborted: signal.aborted };
        },
        { lease: 0.3 },
      ),
    );
    await jobs.begin();
  }
  const id = await one.enqueue(bench.sql, 'outlives.lease');
  const leaseUntil = async () =>
    (await bench.sql.one<{ at: Date | null }>('select lease_until as at from job_run where id = $1', [id]))?.at?.getTime() ?? 0;
  const first = await eventually(leaseUntil);
  await eventually(async () => (await leaseUntil()) >= first + 600);
  beats.open();
  expect(await one.settled(id)).toMatchObject({ status: 'done', result: { aborted: false } });
  expect(starts).toBe(1);
});

test('a worker whose lease was taken aborts its run', async () => {
  const jobs = await bench.process();
  const reason = gate<unknown>();
  const running = gate();
  jobs.start(
    job(
      'loses.lease',
      async ({ signal }) => {
        running.open();
        await aborted(signal).catch(reason.open);
      },
      { lease: 0.1 },
    ),
  );
  await jobs.begin();
  const id = await jobs.enqueue(bench.sql, 'loses.lease');
  await running.opened;
  await bench.sql.rows("update job_run set lease_token = gen_random_uuid(), lease_until = now() + interval '1 hour' where id = $1", [id]);
  expect(await reason.opened).toMatchObject({ message: expect.stringContaining('another worker') });
});

test('switching a job off aborts its run, gives it back uncounted, and it runs on when the job is switched on again', async () => {
  const jobs = await bench.process();
  await jobs.begin();
  const running = gate();
  const undo = jobs.start(
    job('plugin.work', async ({ signal }) => {
      running.open();
      await aborted(signal);
    }),
  );
  const id = await jobs.enqueue(bench.sql, 'plugin.work');
  await running.opened;
  await undo();
  expect(await bench.run(id)).toMatchObject({ status: 'queued', attempt: 0 });
  expect(jobs.definitions().map(({ name }) => name)).not.toContain('plugin.work');
  jobs.start(job('plugin.work', async () => 'the restarted plugin'));
  expect(await jobs.settled(id)).toMatchObject({ status: 'done', result: 'the restarted plugin' });
  expect((await bench.run(id)).attempt).toBe(1);
});

test('a job that ignores being stopped holds nobody up, and its late result is not taken', async () => {
  const jobs = await bench.process({ timing: { patience: 0.05 } });
  await jobs.begin();
  const [running, end] = [gate(), gate()];
  const undo = jobs.start(
    job('stubborn.job', async () => {
      running.open();
      await end.opened;
      return 'late';
    }),
  );
  const id = await jobs.enqueue(bench.sql, 'stubborn.job');
  await running.opened;
  await undo();
  expect((await bench.run(id)).status).toBe('queued');
  jobs.start(job('stubborn.job', async () => 'in time'));
  expect(await jobs.settled(id)).toMatchObject({ result: 'in time' });
  end.open();
});

test('a run of a job that no worker has waits, and is not touched', async () => {
  const jobs = await bench.process();
  jobs.start(job('is.there', async () => {}));
  await jobs.begin();
  const waiting = await jobs.enqueue(bench.sql, 'plugin.off');
  await jobs.settled(await jobs.enqueue(bench.sql, 'is.there'));
  expect(await bench.run(waiting)).toMatchObject({ status: 'queued', attempt: 0, startedAt: null });
});

test('a process that drains lets go of its runs, and another one takes them', async () => {
  const [leaving, staying] = [await bench.process(), await bench.process()];
  const running = gate();
  leaving.start(
    job('moves.on', async ({ signal }) => {
      running.open();
      await aborted(signal);
    }),
  );
  await leaving.begin();
  const id = await leaving.enqueue(bench.sql, 'moves.on');
  await running.opened;
  staying.start(job('moves.on', async () => 'over here'));
  await staying.begin();
  await leaving.drain(1000);
  expect(await staying.settled(id)).toMatchObject({ status: 'done', result: 'over here' });
  expect((await bench.run(id)).attempt).toBe(1);
});
