import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { silent } from '../../core/log.ts';
import { seeded } from '../../math/random.ts';
import { eventsOf } from '../../plugins/experiments/events.ts';
import { control, experimentWith, interleaved, type Experiment } from '../../plugins/experiments/model.ts';
import { creditsOf } from '../../plugins/experiments/interleaving/credit.ts';
import type { Interleaving } from '../../plugins/experiments/interleaving/result.ts';
import { creditSums, winsOf } from '../../plugins/experiments/statistics/interleaving/preference.ts';
import { resultsGuards } from '../../plugins/experiments/steer/guards.ts';
import { Steering } from '../../plugins/experiments/steer/steering.ts';
import { bootSite, storeFilms, storeUnits, type Site } from './site.ts';

const start = Date.UTC(2025, 2, 1, 12);
const hours = (n: number): Date => new Date(start + n * 3_600_000);
/** of a list: which arm picked the film at each place */
const drafted = [control, 'b', 'b', control];

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
  async function visit(unit: number, at: Date, clicks: readonly number[], watched?: number, teams = drafted): Promise<void> {
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
      credits: ['clicks', 'successes', 'rating', 'watchlist', 'watched'].map((what) => ({ what, viewers: 0, delta: null, test: null })),
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
    // The chart ends with the interval that the verdict follows from.
    expect(clicks.deciding).toEqual(clicks.test);
    expect(body.series.at(-1)).toMatchObject({ mean: clicks.deciding!.mean, interval: clicks.deciding!.interval });
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

  describe('with guardrails', () => {
    let units: number[];
    const dismiss = (unit: number, place: number, at: Date) =>
      site.sql.rows('insert into dismissal (unit, film, at) values ($1, $2, $3)', [unit, films[place], at]);

    beforeAll(async () => {
      const { version } = await now();
      await site.service.stop(experiment.id, { decision: 'keep', reason: 'x' }, { version, operator: null, at: hours(150) });
      const guardrails = [
        { metric: 'dismissals', margin: 0.1 },
        { metric: 'ctr', margin: 0.02 },
      ];
      const draft = await site.service.create(site.draft({ kind: 'interleaving', metric: 'conversion-watched', guardrails, minDays: 0 }), null);
      experiment = await site.service.launch(draft.id, { version: 1, operator: null, at: hours(200) });
      units = await storeUnits(site.sql, 80);
      for (const [i, unit] of units.entries()) await visit(unit, hours(201), [i % 2], i < 40 ? 1 : undefined);
    });

    test('an arm is held against the control by what viewers do with the films of each', async () => {
      for (const unit of units.slice(0, 4)) await dismiss(unit, 0, hours(202));
      const few = await site.measurement.interleaving(await now(), hours(203));
      expect(few).toMatchObject({ deciding: 'watched', verdict: { kind: 'good' }, guardrails: [{ id: 'dismissals' }, { id: 'ctr' }] });
      const [dismissals, ctr] = few.guardrails;
      expect(dismissals!.arms).toMatchObject([
        { key: control, units: 80, value: 4 / 80 },
        { key: 'b', value: 0, relative: null },
      ]);
      expect(ctr!.arms[1]!.relative).toMatchObject({ effect: 0 });
      expect((1 + ctr!.arms[1]!.relative!.high) * (1 + ctr!.arms[1]!.relative!.low)).toBeCloseTo(1, 10);
      expect(few.verdict.text).toContain('Whether “Personal” harms “Dismissals per viewer” by more than 10.0 % cannot be told yet.');
    });

    test('a film that was shown again was dismissed as the later list had it', async () => {
      const again = units[5]!;
      await visit(again, hours(204), [], undefined, ['b', control, control, 'b']);
      await dismiss(again, 0, hours(205));
      const { guardrails } = await site.measurement.interleaving(await now(), hours(206));
      expect(guardrails[0]!.arms.map(({ value }) => value! * 80)).toEqual([4, 1]);
    });

    test('one that is broken for sure stops it: the verdict says so, and the site takes the arms back', async () => {
      for (const unit of units.slice(20)) await dismiss(unit, 1, hours(207));
      const { guardrails, verdict } = await site.measurement.interleaving(await now(), hours(208));
      expect(guardrails[0]!.arms[1]).toMatchObject({ says: 'worse', relative: { effect: expect.closeTo(61.5 / 4.5 - 1, 10) } });
      expect(verdict).toMatchObject({ kind: 'bad', title: 'Stop: keep “House”', text: expect.stringContaining('breaks the guardrail') });
      const steering = new Steering({ ...site, guards: resultsGuards(site.measurement), tell: async () => {}, log: silent });
      await steering.look(hours(209));
      expect((await now()).status).toBe('paused');
      expect(await eventsOf(site.sql, experiment.id)).toMatchObject([
        { kind: 'rolled-back', text: expect.stringMatching(/“Personal” is significantly worse in dismissals per viewer/) },
      ]);
    });

    test('the export has the preference, the guardrails, and the credit of each viewer, who stays unnamed', async () => {
      const { agent } = await site.signedIn('manager');
      const csv = async (name: string) =>
        parse((await agent.get(`/admin/data/experiments/experiments/${experiment.id}/${name}.csv`).buffer(true)).text, { columns: true }) as Record<
          string,
          string
        >[];
      const rows = await csv('results');
      const of = (metric: string) => rows.filter((row) => row['metric'] === metric);
      expect(of('preference-watched')).toMatchObject([
        { role: 'primary', arm: 'control', units: '80', value: '0', says: 'control', absolute: '' },
        { role: 'primary', arm: 'b', units: '80', value: '40', says: 'better', absolute: '0.5' },
      ]);
      expect(of('preference-clicks')).toMatchObject([
        { role: 'other', value: '40' },
        { value: '40', says: 'open' },
      ]);
      expect(of('dismissals')).toMatchObject([{ role: 'guardrail' }, { says: 'worse', value: String(61 / 80) }]);
      const viewers = await csv('units');
      expect(viewers).toHaveLength(80);
      expect(viewers[1]).toMatchObject({ arm: 'interleaved', 'credit.clicks.arm': '1', 'credit.clicks.control': '0', 'credit.watched.arm': '1' });
      expect(viewers[0]).toMatchObject({ 'credit.dismissals.arm': '0', 'credit.dismissals.control': '1', 'credit.rating.arm': '' });
      expect(Object.keys(viewers[0]!).filter((column) => /visitor|account|email|name/.test(column))).toEqual([]);
    });

    test('right now: the lists are told once, clicks by arm', async () => {
      expect(await site.measurement.live(await now())).toEqual({
        arms: [
          { key: interleaved, name: 'Lists of both', viewers: 80, impressions: 81 * 4, clicks: 80 },
          { key: control, name: 'House', viewers: null, impressions: null, clicks: 40 },
          { key: 'b', name: 'Personal', viewers: null, impressions: null, clicks: 40 },
        ],
        leftOut: 0,
      });
    });

    test('the sums of each step are those of the viewers one by one', async () => {
      const random = seeded(7),
        some = (): number[] => [0, 1, 2, 3].filter(() => random() < 0.3);
      for (const unit of units) for (const at of [210, 211, 230, 400]) if (random() < 0.6) await visit(unit, hours(at), some());
      await site.measurement.interleaving(await now(), hours(500));
      const rows = await site.sql.rows<{ unit: number; what: string; at: Date; a: number; b: number }>(
        'select unit, what, at, a, b from experiment_credit where experiment = $1',
        [experiment.id],
      );
      const steps = await creditsOf(site.sql, experiment);
      expect(new Set(steps.map(({ at }) => at)).size).toBeGreaterThan(5);
      for (const { what, at, wins, sums, acts } of steps) {
        const viewers = units.map((unit) => {
          const own = rows.filter((row) => row.unit === unit && row.what === what && row.at.getTime() <= at);
          return [own.reduce((sum, { a }) => sum + a, 0), own.reduce((sum, { b }) => sum + b, 0)] as const;
        });
        const over = (of: (a: number, b: number) => number): number => viewers.reduce((sum, [a, b]) => sum + of(a, b), 0);
        const { n, sum, squares } = creditSums(viewers);
        expect(wins).toEqual(winsOf(viewers));
        expect(sums).toEqual({ n, sum: expect.closeTo(sum, 10), squares: expect.closeTo(squares, 10) });
        expect(acts).toEqual({
          n,
          a: over((a) => a),
          b: over((_, b) => b),
          aa: over((a) => a * a),
          ab: over((a, b) => a * b),
          bb: over((_, b) => b * b),
        });
      }
    });

    test('the sums are the same when all of it is counted anew, and those of a viewer who is erased go along', async () => {
      const kept = () => site.sql.rows('select * from experiment_credit_sum where experiment = $1 order by what, at', [experiment.id]),
        recounted = async () => {
          await site.sql.transaction(async (tx) => {
            await tx.rows('create temporary table before on commit drop as select * from experiment_credit');
            await tx.rows('delete from experiment_credit');
            expect(await tx.rows('select from experiment_credit_sum where experiment = $1', [experiment.id])).toEqual([]);
            await tx.rows('insert into experiment_credit select * from before');
          });
          return kept();
        };
      const before = await kept();
      expect(before.length).toBeGreaterThanOrEqual(10);
      await site.measurement.rollUp.refresh({ all: true });
      expect(await kept()).toEqual(before);
      expect(await recounted()).toEqual(before);
      await site.sql.rows('delete from unit where id = any($1)', [units.slice(0, 3)]);
      const without = await kept();
      expect(without).not.toEqual(before);
      expect(await recounted()).toEqual(without);
      expect((await site.measurement.live(await now())).arms[0]!.viewers).toBe(77);
    });

    test('only what is done with single films can decide or guard, and a draft is refused with the reason', async () => {
      const create = (over: object) => site.service.create(site.draft({ kind: 'interleaving', ...over }), null);
      await expect(create({ metric: 'return-7-days' })).rejects.toMatchObject({
        status: 422,
        fields: { metric: expect.stringMatching(/both arms in one list.*choose clicks or successes/) },
      });
      await expect(create({ metric: 'dismissals' })).rejects.toMatchObject({ status: 422 });
      const guardrails = [
        { metric: 'dismissals', margin: 0 },
        { metric: 'page-time', margin: 0.1 },
      ];
      await expect(create({ guardrails })).rejects.toMatchObject({
        status: 422,
        fields: { 'guardrails.1.metric': expect.stringContaining('A/B test') },
      });
    });
  });
});
