import type { RecommendSession } from '../recommend/index.ts';
import type { BenchSite } from './site.ts';
import type { Table } from './table.ts';
import { cpu } from './timing.ts';

const row = { surface: 'bench', size: 24 },
  viewers = 50;

/** The recommender alone, without HTTP and templates. */
export async function recommender(site: BenchSite): Promise<Table> {
  const { app, close } = await site.open(),
    { recommender, sql } = app;
  const units = await sql.rows<{ unit: number }>('select unit from rating group by unit having count(*) between 20 and 400 order by md5(unit::text)');
  const run = async (work: (session: RecommendSession) => unknown): Promise<number> => {
    // Rankings are kept, so nobody is asked for twice.
    const some = units.splice(0, viewers),
      since = cpu();
    for (const { unit } of some) work(await recommender.open(unit, new Date()));
    return (cpu() - since) / some.length;
  };
  const measure = async (work: (session: RecommendSession) => unknown): Promise<number> => {
    await run(work);
    return run(work);
  };
  const open = await measure(() => undefined),
    rows: [string, number][] = [['Open: read the history', open]];
  for (const { algorithm } of recommender.algorithms())
    rows.push([`${algorithm.title} alone`, (await measure((session) => session.byAlgorithm(algorithm.id, row))) - open]);
  rows.push(['The blend: 24 films for the viewer', (await measure((session) => session.forViewer(row))) - open]);
  rows.push(['The blend, three rows of 24', (await measure((session) => [1, 2, 3].map(() => session.forViewer(row)))) - open]);
  rows.push(['24 films like another', (await measure((session) => session.similarTo(session.viewer.unit % site.films, row))) - open]);
  await close();
  return {
    title: 'The recommender alone',
    columns: ['Work', 'CPU ms'],
    rows,
    note: `${site.holds}. Mean over ${viewers} viewers with 20 to 400 ratings that were not asked for before, after ${viewers} others to warm up; all but the first row come on top of opening.`,
  };
}
