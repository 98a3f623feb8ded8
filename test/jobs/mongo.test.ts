import { defineJob } from '../../core/jobs.ts';
import { silent } from '../../core/log.ts';
import { eventually, openBench, type Bench } from './bench.ts';
import { MongoServer } from './mongo-server.ts';

const real = process.env['TEST_MONGODB_URL'];
if (!real) console.info('No MongoDB server here: its protocol is spoken by a stand-in. Set TEST_MONGODB_URL to test with a real one.');

let bench: Bench;
let mongo: MongoServer;
beforeEach(async () => {
  [bench, mongo] = [await openBench(), new MongoServer()];
  await mongo.open();
});
afterEach(async () => {
  await bench.close();
  await mongo.close();
});
const jobsUrl = () => real ?? mongo.url;

test('Agenda keeps its jobs in MongoDB, the ledger stays in PostgreSQL, and two processes share the work', async () => {
  const took: number[] = [];
  const all = [await bench.process({ jobsUrl: jobsUrl() }), await bench.process({ jobsUrl: jobsUrl() })];
  for (const jobs of all) {
    jobs.start(
      defineJob<{ n: number }>({
        name: 'in.mongo',
        title: 'In MongoDB',
        run: async ({ payload }) => {
          took.push(payload.n);
          return payload;
        },
      }),
    );
    await jobs.begin();
  }
  const ids = await bench.sql.transaction(async (tx) => {
    const made: number[] = [];
    for (let n = 0; n < 50; n += 1) made.push(await all[0]!.enqueue(tx, 'in.mongo', { n }));
    return made;
  });
  const endings = await Promise.all(ids.map((id) => all[1]!.settled(id)));
  expect(endings.map(({ result }) => (result as { n: number }).n)).toEqual(ids.map((_id, n) => n));
  expect(took.toSorted((a, b) => a - b)).toEqual(ids.map((_id, n) => n));
  expect(await bench.sql.one(`select to_regclass('agenda_jobs') as found`)).toEqual({ found: null });
});

(real ? test.skip : test)("Agenda's tick in MongoDB makes a run", async () => {
  const jobs = await bench.process({ jobsUrl: jobsUrl(), timing: { tick: 3600 } });
  jobs.start(defineJob({ name: 'mongo.cron', title: 'Cron', every: '*/10 * * * *', run: async () => {} }));
  await jobs.begin();
  await bench.sql.rows(`update job_tick set tick = tick - interval '10 minutes' where name = 'mongo.cron'`);
  const [tick] = mongo.documents('agendaJobs').filter(({ name }) => name === 'tick mongo.cron');
  expect(tick).toMatchObject({ type: 'single', repeatInterval: '*/10 * * * *', repeatTimezone: 'UTC' });
  tick!['nextRunAt'] = new Date();
  const run = await eventually(() => bench.sql.one<{ id: number }>(`select id from job_run where name = 'mongo.cron'`));
  expect(await jobs.settled(run.id)).toMatchObject({ status: 'done' });
});

(real ? test.skip : test)('a MongoDB that is down at the start, or goes away for a while, stops nobody', async () => {
  const said: string[] = [];
  const log = {
    ...silent,
    warn: (message: string) => {
      said.push(message);
    },
    child: () => silent,
  };
  await mongo.close();
  const jobs = await bench.process({ jobsUrl: mongo.url, log, timing: { dispatch: 0.2 } });
  jobs.start(defineJob({ name: 'waits.mongo', title: 'Waits', run: async () => 'fine' }));
  await jobs.begin();
  const id = await jobs.enqueue(bench.sql, 'waits.mongo');
  expect(said).toContain('the job queue is out of reach; trying again');
  await mongo.open();
  expect(await jobs.settled(id)).toMatchObject({ status: 'done' });
  await mongo.close();
  const later = await jobs.enqueue(bench.sql, 'waits.mongo');
  await mongo.open();
  expect(await jobs.settled(later)).toMatchObject({ status: 'done', result: 'fine' });
});
