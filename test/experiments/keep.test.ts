import { experimentWith } from '../../plugins/experiments/model.ts';
import { bootSite, storeFilms, storeList, storeUnits, type Site } from './site.ts';

const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);

/** The lists of an experiment of two viewers, one of whom saw another list and rated a film from it while it ran. */
async function ended(site: Site, days: number, over: object = {}): Promise<number> {
  const films = await storeFilms(site.sql, 10),
    [a, b] = (await storeUnits(site.sql, 2)) as [number, number];
  const { id } = await site.service.create(site.draft(over), null);
  await site.service.launch(id, { version: 1, operator: null, at: daysAgo(days + 10) });
  await storeList(site.sql, id, films, { unit: a, arm: 'control', at: daysAgo(days + 9), films: 10, clicks: [1, 2] });
  await storeList(site.sql, id, films, { unit: b, arm: 'b', at: daysAgo(days + 8), films: 10, clicks: [4] });
  const other = await site.sql.one<{ id: string }>(
    `insert into served_list (id, unit, surface, films, algorithms, served_at) values (gen_random_uuid(), $1, 'similar', $2, '{svd}', $3) returning id`,
    [b, films.slice(0, 1), daysAgo(days + 9)],
  );
  await site.sql.rows(`insert into outcome (list, film, kind, unit, position, algorithm, at) values ($1, $2, 'rating', $3, 0, 'svd', $4)`, [
    other!.id,
    films[0],
    b,
    daysAgo(days + 7),
  ]);
  await site.service.stop(id, { decision: 'keep', reason: 'No difference.' }, { version: 2, operator: null, at: daysAgo(days) });
  return id;
}

describe('old lists of experiments', () => {
  let site: Site;
  beforeAll(async () => {
    site = await bootSite();
  });
  afterAll(() => site.stop());
  const lists = () => site.sql.one('select count(*)::integer as n from served_list').then((row) => (row as { n: number }).n);
  const results = async (id: number) => site.measurement.results((await experimentWith(site.sql, id))!, daysAgo(0));

  test('stay as long as results are made from them, and go when those are kept', async () => {
    const long = await ended(site, 400),
      lately = await ended(site, 380 - 30);
    const before = [await results(long), await results(lately)];
    expect(before[0]).toMatchObject({ viewers: 2, arms: [{ clicks: 2 }, { clicks: 1 }] });
    expect(before[0]!.metrics.find(({ id }) => id === 'conversion')!.arms.map(({ value }) => value)).toEqual([0, 1]);

    expect(await site.memoryJobs.run('tracking.prune')).toMatchObject({ lists: 0 });
    expect(await site.memoryJobs.run('experiments.keep-results')).toEqual({ experiments: 1 });
    expect([await results(long), await results(lately)]).toEqual(before);

    const { agent } = await site.signedIn('manager'),
      exported = (id: number, what: string) => agent.get(`/admin/data/experiments/experiments/${id}/${what}`);
    const gone = await exported(long, 'units.csv');
    expect([gone.status, (gone.body as { error: { message: string } }).error.message]).toEqual([
      410,
      expect.stringContaining('only its results are kept'),
    ]);
    expect([
      (await exported(long, 'units.json')).status,
      (await exported(long, 'results.csv')).status,
      (await exported(lately, 'units.csv')).status,
    ]).toEqual([410, 200, 200]);
    const singles = async (id: number) => ((await exported(id, '')).body as { singles: boolean }).singles;
    expect([await singles(long), await singles(lately)]).toEqual([false, true]);

    expect(await site.memoryJobs.run('tracking.prune')).toMatchObject({ lists: 3 });
    expect(await lists()).toBe(3);
    expect([await results(long), await results(lately)]).toEqual(before);
    expect(await site.memoryJobs.run('experiments.keep-results')).toEqual({ experiments: 0 });
  });

  test('of a bandit, what it learned is kept as well', async () => {
    const id = await ended(site, 400, { kind: 'bandit', guardrails: [{ metric: 'ratings', margin: 0.1 }] }),
      learned = async () => site.measurement.bandit((await experimentWith(site.sql, id))!, daysAgo(0)),
      before = await learned();
    expect(before.arms.map(({ units, value }) => [units, value])).toEqual([
      [1, 0.2],
      [1, 0.1],
    ]);
    expect(await site.memoryJobs.run('experiments.keep-results')).toEqual({ experiments: 1 });
    expect(await site.sql.rows('select from experiment_unit where experiment = $1', [id])).toEqual([]);
    expect(await site.memoryJobs.run('tracking.prune')).toMatchObject({ lists: 3 });
    expect(await learned()).toEqual(before);
    const kept = await site.sql.rows<{ metric: string }>(
      'select distinct c.metric from experiment_kept, jsonb_to_recordset(cohorts) as c (metric text) where experiment = $1 order by 1',
      [id],
    );
    expect(kept.map(({ metric }) => metric)).toEqual(['ctr', 'ratings']);
  });

  test('stay while the experiment runs, however long', async () => {
    const films = await storeFilms(site.sql, 10),
      [unit] = (await storeUnits(site.sql, 1)) as [number];
    const { id } = await site.service.create(site.draft(), null);
    await site.service.launch(id, { version: 1, operator: null, at: daysAgo(700) });
    await storeList(site.sql, id, films, { unit, arm: 'b', at: daysAgo(699), films: 10 });
    expect(await site.memoryJobs.run('experiments.keep-results')).toEqual({ experiments: 0 });
    expect(await site.memoryJobs.run('tracking.prune')).toMatchObject({ lists: 0 });
    expect(await results(id)).toMatchObject({ viewers: 1 });
  });
});
