import { randomUUID } from 'node:crypto';
import { control, experimentWith, interleaved, type Experiment } from '../../plugins/experiments/model.ts';
import { creditsOf } from '../../plugins/experiments/interleaving/credit.ts';
import type { Interleaving } from '../../plugins/experiments/interleaving/result.ts';
import { bootSite, storeFilms, storeUnits, type Site } from './site.ts';

const start = Date.UTC(2025, 2, 1, 12);
const hours = (n: number): Date => new Date(start + n * 3_600_000);
/** of a list: which arm picked the film at each place */
const teams = [control, 'b', 'b', control];

describe('an interleaving', () => {
  let site: Site, films: number[], experiment: Experiment;
  const now = async (): Promise<Experiment> => (await experimentWith(site.sql, experiment.id))!;

  beforeAll(async () => {
    site = await bootSite();
    films = await storeFilms(site.sql, 10);
    const draft = await site.service.create(site.draft({ kind: 'interleaving', minDays: 2 }), null);
    experiment = await site.service.launch(draft.id, { version: 1, operator: null, at: hours(0) });
  });
  afterAll(() => site.stop());

  /** One list of a viewer, as tracking stores it, with clicks at these places and one film watched. */
  async function visit(unit: number, at: Date, clicks: readonly number[], watched?: number): Promise<void> {
    const list = randomUUID();
    await site.sql.rows(
      `insert into served_list (id, unit, surface, blend_version, films, algorithms, teams, served_at)
      values ($1, $2, 'home', (select min(id) from blend_version), $3, array_fill('svd'::text, array[4]), $4, $5)`,
      [list, unit, films.slice(0, 4), teams, at],
    );
    await site.sql.rows('insert into list_assignment (list, experiment, arm, unit, served_at) values ($1, $2, $3, $4, $5)', [
      list,
      experiment.id,
      interleaved,
      unit,
      at,
    ]);
    const act = [list, films[0], unit, at];
    for (const place of clicks)
      await site.sql.rows('insert into click (list, position, film, unit, at) values ($1, $5, $2, $3, $4)', [...act, place]);
    if (watched !== undefined)
      await site.sql.rows(`insert into outcome (list, film, kind, unit, position, algorithm, at) values ($1, $2, 'watched', $3, $5, 'svd', $4)`, [
        ...act,
        watched,
      ]);
  }

  test('says that nobody came, before anybody did', async () => {
    const found = await site.measurement.interleaving(await now(), hours(1));
    expect(found).toMatchObject({
      deciding: 'clicks',
      series: [],
      verdict: { kind: 'empty' },
      credits: [{ viewers: 0, delta: null, test: null }, {}],
    });
  });

  test('credits the arm that picked the film, one vote a viewer, however much somebody clicks', async () => {
    const [one, two, three, four] = (await storeUnits(site.sql, 4)) as [number, number, number, number];
    await visit(one, hours(1), [1, 2], 0); // two clicks for b, a success for the control
    await visit(two, hours(1), [0]);
    await visit(two, hours(30), [1, 2]); // for b in the end
    await visit(three, hours(2), [0, 1]); // a tie
    await visit(four, hours(2), []);
    const { credits, series } = await site.measurement.interleaving(await now(), hours(31));
    expect(credits[0]).toMatchObject({
      what: 'clicks',
      viewers: 4,
      wins: { arm: 2, control: 0, ties: 2 },
      acts: { arm: 5, control: 2 },
      delta: 0.25,
    });
    expect(credits[1]).toMatchObject({ what: 'successes', wins: { arm: 0, control: 1, ties: 3 }, acts: { arm: 0, control: 1 } });
    // (1 + 1/3 + 0 + 0) / 4
    expect(credits[0]!.test!.mean).toBeCloseTo(1 / 3, 10);
    expect(series.map(({ delta }) => delta)).toEqual([0, 0, 0.25]);
  });

  test('counts a viewer anew of whom more is known', async () => {
    const [{ unit }] = (await site.sql.rows<{ unit: number }>('select max(unit) as unit from list_assignment')) as [{ unit: number }];
    await visit(unit, hours(31), [0]);
    const { credits } = await site.measurement.interleaving(await now(), hours(32));
    expect(credits[0]).toMatchObject({ viewers: 4, wins: { arm: 2, control: 1, ties: 1 } });
  });

  test('finds the arm that more viewers prefer, once its days are over, on the page as well', async () => {
    for (const [i, unit] of (await storeUnits(site.sql, 120)).entries()) await visit(unit, hours(32), [i % 6 === 0 ? 0 : 2]);
    const early = await site.measurement.interleaving(await now(), hours(40));
    expect(early.verdict).toMatchObject({ kind: 'early', action: 'wait' });
    const manager = await site.signedIn('manager');
    const path = `/admin/data/experiments/experiments/${experiment.id}`;
    const { status, body } = (await manager.agent.get(`${path}/interleaving`)) as { status: number; body: Interleaving };
    expect(status).toBe(200);
    const [clicks] = body.credits as [Interleaving['credits'][0]];
    expect(clicks.sign!.pValue).toBeLessThan(1e-6);
    expect(clicks.anytime!.interval[0]).toBeGreaterThan(0);
    expect(clicks.anytime!.interval[0]).toBeLessThan(clicks.test!.interval[0]);
    expect(body.verdict).toMatchObject({ action: 'ship', arm: 'b' });
    expect((await manager.agent.get(path)).body).toMatchObject({ results: { viewers: 124, metrics: [], verdict: { action: 'ship', arm: 'b' } } });
  });

  test('keeps what was preferred when the lists go', async () => {
    const before = await site.measurement.interleaving(await now(), hours(100));
    await site.sql.rows('insert into experiment_kept (experiment, credits) values ($1, $2)', [
      experiment.id,
      JSON.stringify(await creditsOf(site.sql, experiment)),
    ]);
    await site.sql.rows('delete from experiment_unit where experiment = $1', [experiment.id]);
    expect(await site.sql.rows('select from experiment_credit')).toEqual([]);
    expect(await site.measurement.interleaving(await now(), hours(100))).toEqual(before);
  });
});
