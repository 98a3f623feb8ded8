import { parse } from 'csv-parse/sync';
import type { Browser } from '../harness/app.ts';
import { LiveStreams, type LiveEvent } from '../../plugins/experiments/console/live.ts';
import { namer } from '../../plugins/experiments/results/unit-rows.ts';
import type { Experiment } from '../../plugins/experiments/model.ts';
import { silent } from '../../core/log.ts';
import { secrets } from '../harness/app.ts';
import { bootSite, storeFilms, storeList, storeUnits, type Site } from './site.ts';

const data = '/admin/data/experiments/experiments';

describe('what experiments found', () => {
  let site: Site, manager: Browser, experiment: Experiment, units: number[];
  beforeAll(async () => {
    site = await bootSite();
    manager = await site.signedIn('manager');
    const films = await storeFilms(site.sql, 12);
    units = await storeUnits(site.sql, 40);
    const draft = await site.service.create(
      site.draft({
        arms: [
          { key: 'control', name: '=HYPERLINK("x")', share: 50, blend: site.house },
          { key: 'b', share: 50, blend: site.personal },
        ],
      }),
      null,
    );
    const at = new Date(Date.now() - 5 * 86_400_000);
    experiment = await site.service.launch(draft.id, { version: 1, operator: null, at });
    for (const [i, unit] of units.entries())
      await storeList(site.sql, experiment.id, films, {
        unit,
        arm: i % 2 ? 'b' : 'control',
        at: new Date(at.getTime() + 3_600_000 * i),
        films: 10,
        clicks: i % 3 === 0 ? [0, 4] : i % 4 === 0 ? [0] : [],
      });
  });
  afterAll(() => site.stop());
  const get = async (path: string) => manager.agent.get(`${data}/${experiment.id}${path}`).buffer(true);

  test('results as CSV: one row a metric and arm, and no cell is a formula', async () => {
    const { text, headers } = await get('/results.csv');
    expect(headers['content-disposition']).toContain(`experiment-${experiment.id}-results.csv`);
    const rows = parse(text, { columns: true }) as Record<string, string>[];
    const ctr = rows.filter(({ metric }) => metric === 'ctr');
    expect(ctr.map(({ arm, units: n }) => [arm, n])).toEqual([
      ['control', '20'],
      ['b', '20'],
    ]);
    expect(ctr[0]!['name']).toBe(`'=HYPERLINK("x")`);
    const { body } = await get('/results');
    expect(Number(ctr[1]!['relative'])).toBe(
      (body as { metrics: { id: string; arms: { relative: { effect: number } }[] }[] }).metrics.find(({ id }) => id === 'ctr')!.arms[1]!.relative
        .effect,
    );
  });

  test('viewers as CSV and JSON, each under a name that leads to nobody', async () => {
    const csv = parse((await get('/units.csv')).text, { columns: true }) as Record<string, string>[];
    const json = (await get('/units.json')).body as {
      unit: string;
      arm: string;
      segments: object;
      metrics: Record<string, { m: number; d: number }>;
    }[];
    expect([csv.length, json.length]).toEqual([40, 40]);
    const name = namer(secrets.signing, experiment.id);
    expect(json.map(({ unit }) => unit)).toEqual(units.toSorted((a, b) => a - b).map(name));
    expect(json[0]!.unit).toMatch(/^[0-9a-f]{16}$/);
    expect(namer(secrets.signing, experiment.id + 1)(units[0]!)).not.toBe(name(units[0]!));
    expect(json[0]).toMatchObject({ arm: 'control', segments: { ratings: 'none', returning: 'new' }, metrics: { ctr: { m: 2, d: 10 } } });
    expect(csv[0]).toMatchObject({ unit: json[0]!.unit, 'ctr.m': '2', 'ctr.d': '10', 'segment.returning': 'new' });
    expect(Object.keys(csv[0]!).filter((column) => /visitor|account|email|name/.test(column))).toEqual([]);
  });

  test('groups of viewers come with a warning about many looks', async () => {
    const { body } = await manager.agent.get(`${data}/${experiment.id}/groups?metric=ctr&segment=returning`);
    expect(body).toMatchObject({
      metric: 'ctr',
      groups: [
        {
          name: 'new',
          arms: [
            { key: 'control', units: 20 },
            { key: 'b', units: 20 },
          ],
        },
      ],
      warning: expect.stringContaining('this one still has a chance of 5.0 %'),
    });
    // Twenty viewers an arm are fewer than the metric needs for anything to stand out.
    const [, b] = (body as { groups: { arms: { relative: { effect: number }; corrected: number | null }[] }[] }).groups[0]!.arms;
    expect(b).toMatchObject({ corrected: null, relative: { effect: expect.any(Number) } });
    expect((await manager.agent.get(`${data}/${experiment.id}/groups?metric=ctr&segment=nothing`)).status).toBe(404);
    expect((await manager.agent.get(`${data}/${experiment.id}/groups?metric=ctr`)).status).toBe(422);
  });

  test('lists: where viewers click, and how varied an arm is', async () => {
    const { arms } = (await get('/lists')).body as {
      arms: {
        key: string;
        lists: number;
        coverage: number;
        coverageInterval: [number, number];
        gini: number;
        positions: { position: number; clicks: number; impressions: number; rate: number }[];
      }[];
    };
    expect(arms.map(({ key, lists, coverage, gini }) => ({ key, lists, coverage, gini }))).toEqual(
      ['control', 'b'].map((key) => ({ key, lists: 20, coverage: 10 / 12, gini: 0 })),
    );
    // Everybody was shown the same films: other viewers would have been, too.
    expect(arms[0]!.coverageInterval).toEqual([10 / 12, 10 / 12]);
    const control = units.filter((_, i) => i % 2 === 0).map((_, i) => i * 2);
    const first = control.filter((i) => i % 3 === 0 || i % 4 === 0).length;
    expect(arms[0]!.positions[0]).toMatchObject({ position: 1, clicks: first, impressions: 20, rate: first / 20 });
    expect(arms[0]!.positions).toHaveLength(10);
  });

  test('the course of any metric, and a plan by the site’s own traffic', async () => {
    const { body } = await manager.agent.get(`${data}/${experiment.id}/course?metric=conversion`);
    expect(body).toMatchObject({ metric: 'conversion', arms: [{ key: 'control' }, { key: 'b' }] });
    expect((body as { arms: { units: number[] }[] }).arms.map(({ units: n }) => n.at(-1))).toEqual([20, 20]);
    const wanted = {
      metric: 'ctr',
      engine: 'sequential',
      mde: 0.1,
      arms: [
        { key: 'control', share: 50 },
        { key: 'b', share: 50 },
      ],
    };
    const post = (input: object) => manager.agent.post('/admin/data/experiments/plan').set('sec-fetch-site', 'same-origin').send(input);
    const always = (await post(wanted)).body as { units: number; days: number; perDay: number; viewers: number };
    const once = (await post({ ...wanted, engine: 'fixed' })).body as typeof always;
    expect(always).toMatchObject({ viewers: 40, perDay: 40 / 28 });
    expect(always.units).toBeGreaterThan(once.units);
    // Planned looks without planned viewers are judged as if one looked at any time.
    const looks = { ...wanted, engine: 'group-sequential' };
    expect((await post(looks)).body).toMatchObject({ units: always.units, change: 0.1 });
    expect(((await post({ ...looks, plannedUnits: 9_000 })).body as typeof always).units).toBeLessThan(always.units);
    expect(always.days).toBe(Math.ceil(always.units / always.perDay));
    const refused = await post({ metric: 'ctr', arms: [] });
    expect([refused.status, Object.keys((refused.body as { error: { fields: object } }).error.fields)]).toEqual([422, ['arms']]);
  });

  test('only for managers, and only what was launched', async () => {
    const viewer = await site.signedIn('viewer');
    for (const path of ['/results', '/results.json', '/results.csv', '/units.csv', '/units.json', '/lists', '/live']) {
      expect([path, (await viewer.agent.get(`${data}/${experiment.id}${path}`)).status]).toEqual([path, 403]);
      expect([path, (await manager.agent.get(`${data}/9999${path}`)).status]).toEqual([path, 404]);
    }
  });

  test('streams say how many are in each arm, at once and when it changes', async () => {
    const written: string[] = [],
      closing: (() => void)[] = [];
    let heard = () => {};
    const response = {
      writeHead: () => {},
      write: (text: string) => (written.push(text), text.startsWith('data') && heard()),
      once: (_: string, close: () => void) => closing.push(close),
      end: () => written.push('end'),
    };
    const streams = new LiveStreams(site.measurement, silent);
    const first = new Promise<void>((resolve) => (heard = resolve));
    streams.open(experiment, response as never);
    await first;
    const event = JSON.parse(written.at(-1)!.replace('data: ', '')) as LiveEvent;
    expect(event).toMatchObject({
      waiting: 0,
      leftOut: 0,
      arms: [
        { key: 'control', viewers: 20, impressions: 200 },
        { key: 'b', viewers: 20 },
      ],
    });
    expect(closing).toHaveLength(1);
    streams.close();
    expect(written.at(-1)).toBe('end');
  });
});
