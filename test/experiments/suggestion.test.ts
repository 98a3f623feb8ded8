import popularity from '../../plugins/algorithms/popularity/index.ts';
import svd from '../../plugins/algorithms/svd/index.ts';
import { experimentWith, type Experiment } from '../../plugins/experiments/model.ts';
import type { Browser } from '../harness/app.ts';
import { bootSite, plugins, type Site } from './site.ts';

type Answer = { status: number; body: { id: number; page: string; error?: { code: string; message: string } } };
const measured = (before: number, after: number) => ({ viewers: 300, changes: [{ metric: 'ndcg10', before, after, low: 0.001, high: 0.01 }] });

describe('suggested weights in the console', () => {
  let site: Site, manager: Browser, version: number;
  beforeAll(async () => {
    site = await bootSite([...plugins, popularity, svd]);
    manager = await site.signedIn('manager');
    version = site.blends.latest().find(({ blend }) => blend === site.house)!.id;
  });
  afterAll(() => site.stop());

  /** A run of the job that works weights out, as the ledger keeps it. */
  const suggest = async (regulars: object, newcomers: object = regulars): Promise<number> => {
    const result = {
      version,
      regulars: { weights: regulars, ...measured(0.04, 0.05) },
      newcomers: { weights: newcomers, upTo: 5, ...measured(0.02, 0.03) },
      coldStart: [],
    };
    const row = await site.sql.one<{ id: number }>(
      `insert into job_run (name, status, attempt, result, finished_at) values ('blend.suggest', 'done', 1, $1, '2026-11-27T01:00:00Z') returning id`,
      [JSON.stringify(result)],
    );
    return row!.id;
  };
  const go = async (run: unknown): Promise<Answer> =>
    manager.agent.post('/admin/data/experiments/from-suggestion').set('sec-fetch-site', 'same-origin').send({ run });
  const drafts = async (): Promise<number> => (await site.sql.one<{ n: number }>('select count(*)::integer as n from experiment'))!.n;

  test('are refused where there is nothing to test', async () => {
    expect((await go(1)).status).toBe(404);
    expect((await go('x')).status).toBe(422);
    const first = await suggest({ popularity: 0.25, svd: 0.75 });
    // House asks both alike, whatever the scale of its weights.
    const same = await suggest({ popularity: 0.5, svd: 0.5 });
    expect((await go(first)).body.error).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('newer suggestion') as string });
    expect((await go(same)).body.error).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('has these weights already') as string });
    const off = await suggest({ popularity: 0.5, svd: 0.5 }, { ease: 0.6, svd: 0.4 });
    expect((await go(off)).body.error!.message).toMatch(/uses ease, which is switched off/);
    expect(await drafts()).toBe(0);
    const viewer = await site.signedIn('viewer');
    const refused = await viewer.agent.post('/admin/data/experiments/from-suggestion').set('sec-fetch-site', 'same-origin').send({ run: off });
    expect(refused.status).toBe(403);
  });

  test('become a draft under guardrails that grows in steps, on record', async () => {
    const run = await suggest({ popularity: 0.25, svd: 0.75 }, { popularity: 1 });
    const { status, body } = await go(run);
    expect([status, body.page]).toEqual([201, `experiments?id=${body.id}`]);
    const draft = (await experimentWith(site.sql, body.id)) as Experiment;
    expect(draft).toMatchObject({
      name: 'Suggested weights for “House”',
      status: 'draft',
      kind: 'ab',
      metric: 'ctr',
      engine: 'sequential',
      guardrails: ['diversity', 'novelty', 'conversion'].map((metric) => ({ metric, margin: 0.05 })),
      arms: [
        { key: 'control', blend: site.house, overrides: {}, share: 50 },
        {
          key: 'b',
          blend: site.house,
          overrides: { weights: { popularity: 0.25, svd: 0.75 }, newcomers: { upTo: 5, weights: { popularity: 1 } } },
        },
      ],
    });
    expect(draft.ramp.map(({ coverage }) => coverage)).toEqual([0.01, 0.05, 0.1, 0.25, 0.5, 1]);
    expect(draft.hypothesis).toContain('from 0.040 to 0.050 for regulars and from 0.020 to 0.030 for newcomers');
    expect(draft.hypothesis).toContain('27 November 2026');
    expect(await site.sql.one(`select subject, operator is not null as known from audit_log where action = 'experiment.create-suggested'`)).toEqual({
      subject: `experiment ${body.id}`,
      known: true,
    });
  });
});
