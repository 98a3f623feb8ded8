import { defineJob } from '../../core/jobs.ts';
import { openBench, gate } from './bench.ts';
import { usualTiming } from '../../jobs/timing.ts';
import { PostgresBus } from '../../core/database/listen.ts';
import { silent } from '../../core/log.ts';
import { createJobs } from '../../jobs/index.ts';
test('idle and latency', async () => {
  const bench = await openBench();
  const jobs = await bench.process({ timing: { ...usualTiming, lock: 2 } });
  let g = gate<number>();
  jobs.start(defineJob({ name: 'a.b', title: 'x', run: async () => { g.open(performance.now()); } }));
  for (const n of [1,2,3]) jobs.start(defineJob({ name: 'c.'+n, title: 'x', every: '0 4 * * *', run: async () => { } }));
  await jobs.begin();
  const stat = async () => (await bench.sql.one<{ n: number }>(`select (xact_commit+xact_rollback)::int as n from pg_stat_database where datname = current_database()`))!.n;
  await new Promise((r) => setTimeout(r, 3000));
  const a = await stat();
  await new Promise((r) => setTimeout(r, 12000));
  const b = await stat();
  console.log('tx in 12 s idle', b - a);
  const times: number[] = [];
  for (let n = 0; n < 50; n++) {
    g = gate<number>();
    const t = performance.now();
    const id = await jobs.enqueue(bench.sql, 'a.b');
    times.push((await g.opened) - t);
    await jobs.settled(id);
  }
  times.sort((x, y) => x - y);
  console.log('start latency p50', times[25], 'p95', times[47], 'max', times[49]);
  console.log(await bench.sql.rows('select name, type, next_run_at, locked_at, repeat_interval from agenda_jobs'));
  await bench.close();
}, 60000);
