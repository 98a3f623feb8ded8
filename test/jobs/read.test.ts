import { defineJob } from '../../core/jobs.ts';
import { listRuns, retryRun } from '../../jobs/read.ts';
import { openBench, type Bench } from './bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

test('runs are listed by page, by status and by name, the latest first', async () => {
  const jobs = await bench.process({ work: false });
  const ids: number[] = [];
  for (let n = 0; n < 7; n += 1) ids.push(await jobs.enqueue(bench.sql, n % 2 ? 'odd.one' : 'even.one', { n }));
  await jobs.cancel(bench.sql, ids[6]!);
  const first = await listRuns(bench.sql, { limit: 4 });
  const second = await listRuns(bench.sql, { limit: 4, before: first.at(-1)!.id });
  expect([...first, ...second].map(({ id }) => id)).toEqual(ids.toReversed());
  expect((await listRuns(bench.sql, { status: 'queued', name: 'even.one' })).map(({ payload }) => payload)).toEqual([{ n: 4 }, { n: 2 }, { n: 0 }]);
  expect((await listRuns(bench.sql, { status: 'cancelled' })).map(({ id }) => id)).toEqual([ids[6]]);
});

test('runs of a schedule that went well can be left out', async () => {
  const jobs = await bench.process({ work: false });
  const run = async (key: string | undefined, status: string): Promise<number> => {
    const id = await jobs.enqueue(bench.sql, 'some.job', {}, { key });
    await bench.sql.rows('update job_run set status = $2, started_at = now(), finished_at = now() where id = $1', [id, status]);
    return id;
  };
  const [, badly, byHand, keyed] = [
    await run('tick 2026-11-22T12:30:00.000Z', 'done'),
    await run('tick 2026-11-22T12:31:00.000Z', 'dead'),
    await run(undefined, 'done'),
    await run('film 7', 'done'),
  ];
  const rest = await listRuns(bench.sql, { name: 'some.job', routine: false });
  expect(rest.map(({ id }) => id)).toEqual([keyed, byHand, badly]);
  expect(await listRuns(bench.sql, { name: 'some.job' })).toHaveLength(4);
});

test('a run that ended badly is tried again as a new one; others are not', async () => {
  const jobs = await bench.process({ work: false });
  const old = await jobs.enqueue(bench.sql, 'try.again', { film: 7 }, { key: 'film 7' });
  await expect(retryRun(bench.sql, jobs, old)).rejects.toMatchObject({ status: 409 });
  await jobs.cancel(bench.sql, old);
  const fresh = await retryRun(bench.sql, jobs, old);
  expect(await bench.run(fresh)).toMatchObject({ name: 'try.again', key: 'film 7', payload: { film: 7 }, status: 'queued', attempt: 0 });
  expect((await bench.run(old)).status).toBe('cancelled');
  expect(await retryRun(bench.sql, jobs, old)).toBe(fresh);
  await expect(retryRun(bench.sql, jobs, 999_999)).rejects.toMatchObject({ status: 404 });
});

test('runs that ended a month ago are deleted by the job for it, younger and living ones are kept', async () => {
  const jobs = await bench.process();
  const ids = await Promise.all(['old', 'young', 'alive'].map((key) => jobs.enqueue(bench.sql, 'to.prune', {}, { key })));
  for (const id of ids.slice(0, 2)) await jobs.cancel(bench.sql, id);
  await bench.sql.rows(`update job_run set finished_at = now() - interval '31 days', created_at = now() - interval '40 days' where id = $1`, [
    ids[0],
  ]);
  await bench.sql.rows(`update job_run set created_at = now() - interval '40 days' where id = any($1::int[])`, [ids]);
  await jobs.begin();
  expect(jobs.definitions()).toEqual([
    { name: 'jobs.prune', title: 'Delete job runs that ended over 30 days ago', every: '17 3 * * *', next: expect.any(Date) },
  ]);
  expect(await jobs.settled(await jobs.enqueue(bench.sql, 'jobs.prune'))).toMatchObject({ status: 'done', result: { deleted: 1 } });
  expect((await listRuns(bench.sql, { name: 'to.prune' })).map(({ key }) => key).toSorted()).toEqual(['alive', 'young']);
});

test('a process that only serves pages runs nothing', async () => {
  const [web, worker] = [await bench.process({ work: false }), await bench.process()];
  const by: string[] = [];
  web.start(defineJob({ name: 'who.ran', title: 'Who', run: async () => by.push('web') }));
  await web.begin();
  const id = await web.enqueue(bench.sql, 'who.ran');
  worker.start(defineJob({ name: 'who.ran', title: 'Who', run: async () => by.push('worker') }));
  await worker.begin();
  expect(await web.settled(id)).toMatchObject({ status: 'done' });
  expect(by).toEqual(['worker']);
});
