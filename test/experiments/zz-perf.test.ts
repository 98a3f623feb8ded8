import { resultsOf } from '../../plugins/experiments/results/index.ts';
import { bootSite, storeFilms, storeUnits } from './site.ts';
test('perf', async () => {
  const site = await bootSite(); try {
  await storeFilms(site.sql, 200); await storeUnits(site.sql, 3000, { simulated: true });
  const draft = await site.service.create(site.draft(), null);
  const e = await site.service.launch(draft.id, { version: 1, operator: null, at: new Date() });
  await site.sql.rows(`insert into served_list (id, unit, surface, blend_version, films, algorithms, served_at)
    select gen_random_uuid(), 1 + (n*7919 % 3000), 'home.for-you', 1, array(select (n * 31 + g) % 200 + 1 from generate_series(1,24) g), array_fill('popularity'::text, array[24]), now() - (n % 604800) * interval '1 second'
    from generate_series(1, 100000) n`);
  await site.sql.rows(`insert into list_assignment select id, $1, case when unit % 2 = 0 then 'control' else 'b' end, unit, served_at from served_list where random() < 0.5`, [e.id]);
  await site.sql.rows(`insert into click select id, p, films[p+1], unit, served_at from served_list, generate_series(0, 23) p where random() < 0.02 + 0.005 * (unit % 2)`);
  await site.sql.rows(`insert into outcome (list, film, kind, unit, position, algorithm, at) select distinct on (unit, film) list, film, 'watched', unit, position, 'x', at from click where random() < 0.1 on conflict do nothing`);
  for (const table of ['served_list', 'list_assignment', 'click', 'outcome', 'unit']) await site.sql.rows(`analyze ${table}`);
  for (let i = 0; i < 4; i++) {
    const t = performance.now(); const r = await resultsOf(site.sql, e, new Date());
    console.log((performance.now() - t).toFixed(0), JSON.stringify(r.verdict), r.viewers, r.arms.map((a) => a.impressions), r.course.at.length);
  }
  const { hourSums } = await import('../../plugins/experiments/results/sums.ts');
  let text = ''; await hourSums({ rows: async (s: string) => { text = s; return []; } } as never, 1);
  console.log((await site.sql.rows<{ 'QUERY PLAN': string }>('explain analyze ' + text, [e.id])).map((r) => r['QUERY PLAN']).join('\n'));
  }finally{ await site.stop(); }
}, 120000);
