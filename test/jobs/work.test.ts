import { z } from 'zod';
import { badRequest } from '../../core/errors.ts';
import { defineJob, type JobRun } from '../../core/jobs.ts';
import { aborted, eventually, gate, openBench, type Bench } from './bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const job = <P = unknown>(name: string, run: (run: JobRun<P>) => Promise<unknown>, more: object = {}) =>
  defineJob<P>({ name, title: name, run, ...more });

test('a run gets its payload, and its result is kept', async () => {
  const jobs = await bench.process();
  jobs.start(
    job<{ film: number; year: number }>('double.it', async ({ payload }) => ({ twice: payload.film * 2, year: payload.year }), {
      payload: z.object({ film: z.number(), year: z.number().default(1999) }),
    }),
  );
  await jobs.begin();
  const id = await jobs.enqueue(bench.sql, 'double.it', { film: 21 });
  expect(await jobs.settled(id)).toEqual({ status: 'done', result: { twice: 42, year: 1999 }, error: null });
  expect(await bench.run(id)).toMatchObject({
    attempt: 1,
    progress: 1,
    worker: expect.stringMatching(/^worker /),
    startedAt: expect.any(Date),
    finishedAt: expect.any(Date),
  });
});

test('each place that becomes free is filled by news alone, without waiting for a poll or a sweep', async () => {
  const jobs = await bench.process({ timing: { poll: 4, sweep: 60 } });
  jobs.start(job('in.a.row', async () => {}));
  await jobs.begin();
  const began = Date.now();
  const ids = await Promise.all(Array.from({ length: 12 }, () => jobs.enqueue(bench.sql, 'in.a.row')));
  await Promise.all(ids.map((id) => jobs.settled(id)));
  expect(Date.now() - began).toBeLessThan(3500);
});

test('two processes share two hundred jobs, and none runs twice', async () => {
  const took = new Map<number, string[]>();
  let most = 0;
  for (const name of ['left', 'right']) {
    const jobs = await bench.process({ name });
    let busy = 0;
    jobs.start(
      job('count.me', async ({ id }) => {
        most = Math.max(most, (busy += 1));
        took.set(id, [...(took.get(id) ?? []), name]);
        await new Promise(setImmediate);
        busy -= 1;
      }),
    );
    await jobs.begin();
  }
  const asker = await bench.process({ work: false });
  const ids = await bench.sql.transaction(async (tx) => {
    const all: number[] = [];
    for (let n = 0; n < 200; n += 1) all.push(await asker.enqueue(tx, 'count.me', { n }));
    return all;
  });
  const endings = await Promise.all(ids.map((id) => asker.settled(id)));
  expect(new Set(endings.map(({ status }) => status))).toEqual(new Set(['done']));
  expect(took.size).toBe(200);
  expect([...took.values()].every((by) => by.length === 1)).toBe(true);
  expect(new Set([...took.values()].flat())).toEqual(new Set(['left', 'right']));
  expect(most).toBeLessThanOrEqual(2);
});

test('a job that fails is tried again, later each time, and is dead after its attempts', async () => {
  const jobs = await bench.process();
  const starts: number[] = [];
  jobs.start(
    job(
      'poison.pill',
      async () => {
        starts.push(Date.now());
        throw new Error('bad\0film');
      },
      { attempts: 4 },
    ),
  );
  await jobs.begin();
  const id = await jobs.enqueue(bench.sql, 'poison.pill');
  expect(await jobs.settled(id)).toMatchObject({ status: 'dead', error: 'badfilm' });
  expect(await bench.run(id)).toMatchObject({ attempt: 4, attempts: 4 });
  expect(starts).toHaveLength(4);
  // the base of the tests is 20 ms, spread by half
  for (let n = 1; n < 4; n += 1) expect(starts[n]! - starts[n - 1]!).toBeGreaterThanOrEqual(10 * 2 ** (n - 1));
});

test('the wait doubles with each attempt up to ten minutes, and is spread', async () => {
  const delays = await bench.sql.rows<{ attempt: number; low: number; high: number; kinds: number }>(
    `select attempt, min(s)::real as low, max(s)::real as high, count(distinct s)::int as kinds
     from (select attempt, extract(epoch from job_delay(attempt, 5)) as s from unnest(array[1, 2, 3, 50]) attempt, generate_series(1, 200)) d
     group by attempt order by attempt`,
  );
  const base = [5, 10, 20, 600];
  delays.forEach(({ low, high, kinds }, n) => {
    expect(low).toBeGreaterThanOrEqual(base[n]! * 0.5);
    expect(low).toBeLessThan(base[n]! * 0.7);
    expect(high).toBeGreaterThan(base[n]! * 1.3);
    expect(high).toBeLessThanOrEqual(base[n]! * 1.5);
    expect(kinds).toBeGreaterThan(100);
  });
});

test('what was refused on purpose is not tried again', async () => {
  const jobs = await bench.process();
  jobs.start(
    job('no.ratings', async () => {
      throw badRequest('There is nothing to train on yet.');
    }),
  );
  await jobs.begin();
  const id = await jobs.enqueue(bench.sql, 'no.ratings');
  expect(await jobs.settled(id)).toEqual({ status: 'failed', result: null, error: 'There is nothing to train on yet.' });
  expect((await bench.run(id)).attempt).toBe(1);
});

test('a payload that no longer fits the job fails at once', async () => {
  const asker = await bench.process({ work: false });
  const id = await asker.enqueue(bench.sql, 'changed.job', { old: true });
  const jobs = await bench.process();
  jobs.start(job('changed.job', async () => 'ran', { payload: z.strictObject({ fresh: z.boolean() }) }));
  await jobs.begin();
  expect(await jobs.settled(id)).toMatchObject({ status: 'failed', error: expect.stringContaining('fresh') });
});

test('a result that is too large fails the job and does not block it', async () => {
  const jobs = await bench.process();
  jobs.start(job('large.result', async () => 'x'.repeat(200_000), { attempts: 1 }));
  jobs.start(job('nul.result', async () => 'a\0b', { attempts: 1 }));
  await jobs.begin();
  for (const name of ['large.result', 'nul.result']) {
    const id = await jobs.enqueue(bench.sql, name);
    expect(await jobs.settled(id)).toMatchObject({ status: 'dead', error: expect.stringContaining('must be JSON of at most') });
  }
});

test('a running job is cancelled from another process', async () => {
  const running = gate();
  const jobs = await bench.process();
  let reason: unknown;
  jobs.start(
    job('long.work', async ({ signal }) => {
      running.open();
      await aborted(signal).catch((error: unknown) => {
        reason = error;
        throw error;
      });
    }),
  );
  await jobs.begin();
  const other = await bench.process({ work: false });
  const id = await other.enqueue(bench.sql, 'long.work');
  await running.opened;
  await bench.sql.transaction((tx) => other.cancel(tx, id));
  expect(await other.settled(id)).toEqual({ status: 'cancelled', result: null, error: null });
  expect(reason).toMatchObject({ message: 'An operator cancelled this run.' });
  await expect(other.cancel(bench.sql, id)).rejects.toMatchObject({ status: 409 });
  await expect(other.cancel(bench.sql, 999_999)).rejects.toMatchObject({ status: 404 });
});

test('a job that ends quietly when it is cancelled is cancelled, not done', async () => {
  const running = gate();
  const jobs = await bench.process();
  jobs.start(
    job('quiet.end', async ({ signal }) => {
      running.open();
      await aborted(signal).catch(() => {});
      return 'half of it';
    }),
  );
  await jobs.begin();
  const id = await jobs.enqueue(bench.sql, 'quiet.end');
  await running.opened;
  await jobs.cancel(bench.sql, id);
  expect(await jobs.settled(id)).toEqual({ status: 'cancelled', result: null, error: null });
});

test('a waiting job is cancelled at once', async () => {
  const jobs = await bench.process({ work: false });
  const id = await jobs.enqueue(bench.sql, 'never.runs');
  await jobs.cancel(bench.sql, id);
  expect(await jobs.settled(id)).toMatchObject({ status: 'cancelled' });
});

test('a run for later is not started before', async () => {
  const jobs = await bench.process();
  let at = 0;
  jobs.start(
    job('later.run', async () => {
      at = Date.now();
    }),
  );
  await jobs.begin();
  const due = new Date(Date.now() + 300);
  await jobs.settled(await jobs.enqueue(bench.sql, 'later.run', {}, { at: due }));
  expect(at).toBeGreaterThanOrEqual(due.getTime());
});

test('progress reaches the ledger at a bounded rate, the last words included', async () => {
  const jobs = await bench.process({ timing: { progress: 0.1 } });
  const [looked, told] = [gate(), gate()];
  jobs.start(
    job('slow.steps', async ({ progress }) => {
      for (let n = 0; n < 1000; n += 1) progress(n / 1000, `step ${n}`);
      told.open();
      await looked.opened;
      progress(Number.NaN);
      progress(7);
    }),
  );
  await bench.sql.rows('create table written (progress real)');
  await bench.sql.rows(
    `create function watch() returns trigger language plpgsql as 'begin insert into written values (new.progress); return null; end'`,
  );
  await bench.sql.rows('create trigger watch after update on job_run for each row when (new.note <> old.note) execute function watch()');
  await jobs.begin();
  const id = await jobs.enqueue(bench.sql, 'slow.steps');
  await told.opened;
  await eventually(async () => (await bench.run(id)).note === 'step 999');
  expect((await bench.run(id)).progress).toBeCloseTo(0.999, 3);
  expect((await bench.sql.rows('select from written')).length).toBe(1);
  looked.open();
  expect(await jobs.settled(id)).toMatchObject({ status: 'done' });
});
