import type { Experiment } from '../../plugins/experiments/model.ts';
import { bootSite, type Site } from './site.ts';

const at = new Date('2025-03-01T12:00:00Z'),
  later = new Date('2025-03-05T12:00:00Z');

describe('the design of an experiment', () => {
  let site: Site;
  const change = ({ version }: Experiment, when = at) => ({ version, operator: null, at: when });
  const drafted = (over?: object) => site.service.create(site.draft(over), null);
  const launched = async (over?: object) => {
    const draft = await drafted(over);
    return site.service.launch(draft.id, change(draft));
  };
  const keep = { decision: 'keep', reason: 'Nothing gained.' };
  const overriding = (overrides: object) => ({
    arms: [
      { key: 'control', share: 50, blend: null },
      { key: 'b', share: 50, blend: null, overrides },
    ],
  });

  beforeAll(async () => {
    site = await bootSite();
  });
  afterAll(() => site.stop());
  afterEach(async () => {
    for (const { id, version } of await site.sql.rows<Experiment>(`select id, version from experiment where status in ('running', 'paused')`))
      await site.service.stop(id, keep, { version, operator: null, at: new Date() });
    await site.sql.rows(`update experiment set status = 'draft' where status = 'scheduled'`);
  });

  test('a draft keeps everything that it was given', async () => {
    const { id: layer } = (await site.sql.one<{ id: number }>(`insert into experiment_layer (key, name) values ('one', 'One') returning id`))!;
    const design = {
      layer,
      start: 0.25,
      end: 0.75,
      coverage: 0.5,
      targeting: { ratings: { $gte: 20 } },
      includeStaff: true,
      includeSimulated: true,
      engine: 'group-sequential',
      alpha: 0.1,
      settings: { looks: 6, prior: { mean: 0, sd: 0.3 }, tuning: 1000 },
      correction: 'holm',
      cuped: true,
      secondary: ['conversion'],
      guardrails: [{ metric: 'conversion', margin: 0.02 }],
      minDays: 7,
      plannedUnits: 4000,
      mde: 0.05,
    };
    const draft = await drafted({ ...design, startsAt: '2025-04-01T00:00:00Z', endsAt: '2025-05-01T02:00:00+02:00' });
    expect(draft).toMatchObject({ ...design, layerKey: 'one', startsAt: new Date('2025-04-01'), endsAt: new Date('2025-05-01'), phase: 1 });
    const edited = await site.service.edit(draft.id, site.draft(), change(draft));
    expect(edited).toMatchObject({ layer: null, start: 0, end: 1, coverage: 1, targeting: {}, includeStaff: false, engine: 'fixed' });
  });

  test('arms override parts of the default blend, or serve a blend with changes', async () => {
    const running = await launched(overriding({ weights: { svd: 3 }, diversity: 0.4, rows: ['home.trending'] }));
    expect(running.arms.map(({ name, blend, blendVersion }) => [name, blend, blendVersion])).toEqual([
      ['As now', null, null],
      ['Arm B', null, null],
    ]);
    expect(running.arms[1]!.overrides).toEqual({ weights: { svd: 3 }, diversity: 0.4, rows: ['home.trending'] });
  });

  test('shipping an arm without a blend saves what it overrides to the default blend', async () => {
    const before = site.blends.current()!,
      running = await launched(overriding({ diversity: 0.6 }));
    await site.service.stop(running.id, { decision: 'ship', arm: 'b', reason: 'More clicks.' }, change(running));
    const after = await site.sql.one<{ spec: { diversity: number; weights: object }; note: string }>(
      'select spec, note from blend_version where blend = $1 order by id desc limit 1',
      [before.blend],
    );
    expect(after).toMatchObject({ spec: { diversity: 0.6, weights: before.spec.weights }, note: expect.stringContaining('As tested') });
  });

  test('wrong overrides are refused with their field', async () => {
    for (const [overrides, field] of [
      [{ diversity: 2 }, 'arms.1.overrides.diversity'],
      [{ weights: { svd: -1 } }, 'arms.1.overrides.weights.svd'],
      [{ weights: {} }, 'arms.1.overrides.weights'],
      [{ weights: { svt: 1 } }, 'arms.1.overrides.weights.svt'],
      [{ newcomers: { upTo: 5, weights: { svt: 1 } } }, 'arms.1.overrides.newcomers.weights.svt'],
      [{ rows: ['home.trending', 'home.trending'] }, 'arms.1.overrides.rows'],
      [{ rows: ['home.nothing'] }, 'arms.1.overrides.rows'],
      [{ models: { svd: 99_999 } }, 'arms.1.overrides.models.svd'],
      [{ colour: 'red' }, 'arms.1.overrides'],
    ] as const)
      await expect(drafted(overriding(overrides))).rejects.toMatchObject({ status: 422, fields: { [field]: expect.any(String) } });
    await expect(drafted(overriding({}))).rejects.toMatchObject({ fields: { 'arms.1.blend': expect.stringContaining('override') } });
  });

  test('a new phase has new arms and a new seed, and the old ones stay', async () => {
    const first = await launched();
    const arms = [
      { key: 'control', share: 20, blend: site.house },
      { key: 'b', share: 80, blend: site.popular },
    ];
    const second = await site.service.newPhase(first.id, { reason: 'The other blend was broken.', arms, coverage: 0.5 }, change(first, later));
    expect(second).toMatchObject({ status: 'running', phase: 2, phaseStartedAt: later, startedAt: at, coverage: 0.5, name: first.name });
    expect(second.seed).not.toBe(first.seed);
    expect(second.arms.map(({ share, blendVersion }) => [share, site.blends.version(blendVersion!)?.name])).toEqual([
      [20, 'House'],
      [80, 'Popular'],
    ]);
    expect(
      await site.sql.rows('select phase, started_at, ended_at, reason from experiment_phase where experiment = $1 order by phase', [first.id]),
    ).toEqual([
      { phase: 1, started_at: at, ended_at: later, reason: '' },
      { phase: 2, started_at: later, ended_at: null, reason: 'The other blend was broken.' },
    ]);
    expect(await site.sql.one('select count(*)::integer as n from experiment_arm where experiment = $1 and phase = 1', [first.id])).toEqual({ n: 2 });
    const shipped = await site.service.stop(first.id, { decision: 'ship', arm: 'b', reason: 'Better.' }, change(second, later));
    expect(shipped).toMatchObject({ decidedArm: 'b' });
    await site.blends.makeDefault(site.house, null);
  });

  test('a new phase needs a reason, tests the same thing, and must hold', async () => {
    const running = await launched();
    const phase = (input: object) => site.service.newPhase(running.id, input, change(running));
    await expect(phase({})).rejects.toMatchObject({ status: 422, fields: { reason: expect.any(String) } });
    await expect(phase({ reason: 'x', metric: 'conversion', name: 'Other' })).rejects.toMatchObject({
      status: 422,
      fields: { metric: expect.stringContaining('Copy'), name: expect.any(String) },
    });
    await expect(phase({ reason: 'x', arms: [] })).rejects.toMatchObject({ status: 422 });
    expect(await site.sql.one('select phase, version from experiment where id = $1', [running.id])).toEqual({ phase: 1, version: running.version });
    const draft = await drafted();
    await expect(site.service.newPhase(draft.id, { reason: 'x' }, change(draft))).rejects.toMatchObject({ status: 409 });
  });

  test('while it runs, an edit is refused with the reason and what to do instead', async () => {
    const running = await launched();
    await expect(site.service.edit(running.id, site.draft(), change(running))).rejects.toMatchObject({
      status: 409,
      message: expect.stringMatching(/mix two tests.*new phase/),
    });
    await expect(site.service.launch(running.id, change(running))).rejects.toMatchObject({ status: 409 });
  });

  test('coverage may grow, not shrink; the end may move, not into the past', async () => {
    const running = await launched({ coverage: 0.2 });
    const wider = await site.service.adjust(running.id, { coverage: 0.6, endsAt: '2025-04-01T00:00:00Z' }, change(running));
    expect(wider).toMatchObject({ coverage: 0.6, endsAt: new Date('2025-04-01') });
    await expect(site.service.adjust(running.id, { coverage: 0.5 }, change(wider))).rejects.toMatchObject({
      status: 409,
      message: expect.stringMatching(/new phase/),
    });
    await expect(site.service.adjust(running.id, { endsAt: '2024-04-01T00:00:00Z' }, change(wider))).rejects.toMatchObject({ status: 422 });
    await expect(site.service.adjust(running.id, { shares: 1 }, change(wider))).rejects.toMatchObject({ status: 422 });
    await expect(site.sql.rows('update experiment set coverage = 0.1 where id = $1', [running.id])).rejects.toThrow();
  });

  test('a start in the future waits for it, and can be taken back', async () => {
    const draft = await drafted({ startsAt: '2025-03-02T00:00:00Z' });
    const waiting = await site.service.launch(draft.id, change(draft));
    expect(waiting).toMatchObject({ status: 'scheduled', startedAt: null });
    expect(waiting.arms.every(({ blendVersion }) => blendVersion !== null)).toBe(true);
    await expect(site.service.edit(draft.id, site.draft(), change(waiting))).rejects.toMatchObject({
      message: expect.stringContaining('Take it back'),
    });
    const back = await site.service.takeBack(draft.id, change(waiting));
    expect(back.status).toBe('draft');
    const again = await site.service.launch(draft.id, change(back, new Date('2025-03-03')));
    expect(again.status).toBe('running');
  });

  test('dates, ranges and ramps that cannot be are refused with their field', async () => {
    for (const [over, field] of [
      [{ startsAt: '2025-03-02T00:00:00Z', endsAt: '2025-03-01T00:00:00Z' }, 'endsAt'],
      [{ startsAt: '2025-03-02T00:00:00Z', endsAt: '2025-03-02T00:00:00Z' }, 'endsAt'],
      [{ startsAt: 'tomorrow' }, 'startsAt'],
      [{ startsAt: 5 }, 'startsAt'],
      [{ start: 0.5, end: 0.5 }, 'end'],
      [{ start: 0.2 }, 'layer'],
      [{ layer: 99_999, start: 0, end: 0.5 }, 'layer'],
      [{ coverage: 0 }, 'coverage'],
      [{ coverage: 1.5 }, 'coverage'],
      [{ coverage: Number.NaN }, 'coverage'],
      [
        {
          ramp: [
            { coverage: 0.5, hours: 1 },
            { coverage: 0.1, hours: 1 },
          ],
        },
        'ramp',
      ],
      [{ ramp: [{ coverage: 0.5, hours: -1 }] }, 'ramp.0.hours'],
      [{ targeting: { shoeSize: 4 } }, 'targeting'],
      [{ targeting: [] }, 'targeting'],
      [{ alpha: 0 }, 'alpha'],
      [{ engine: 'magic' }, 'engine'],
      [{ engine: 'bayes', correction: 'holm' }, 'correction'],
      [{ settings: { looks: 0 } }, 'settings.looks'],
      [{ guardrails: [{ metric: 'ctr', margin: -1 }] }, 'guardrails.0.margin'],
      [
        {
          guardrails: [
            { metric: 'ctr', margin: 0 },
            { metric: 'ctr', margin: 0.1 },
          ],
        },
        'guardrails',
      ],
      [{ secondary: ['ctr'] }, 'secondary'],
      [{ minDays: -1 }, 'minDays'],
      [{ kind: 'holdout' }, 'kind'],
    ] as const)
      await expect(drafted(over)).rejects.toMatchObject({ status: 422, fields: { [field]: expect.any(String) } });
    const draft = await drafted({ endsAt: '2025-02-01T00:00:00Z' });
    await expect(site.service.launch(draft.id, change(draft))).rejects.toMatchObject({ status: 422, fields: { endsAt: expect.any(String) } });
  });

  test('a copy is a draft of the same design with a seed of its own', async () => {
    const running = await launched({ coverage: 0.3, targeting: { staff: false }, guardrails: [{ metric: 'conversion', margin: 0.1 }] });
    const copy = await site.service.copy(running.id, null);
    const { arms, targeting, guardrails } = running;
    expect(copy).toMatchObject({ name: 'More taste (copy)', status: 'draft', coverage: 0.3, targeting, guardrails, startsAt: null });
    expect(copy.arms.map(({ key, share, blend }) => [key, share, blend])).toEqual(arms.map(({ key, share, blend }) => [key, share, blend]));
    expect(copy.seed).not.toBe(running.seed);
    await expect(site.service.copy(999_999, null)).rejects.toMatchObject({ status: 404 });
  });

  test('what was decided can be archived, and stays as it is', async () => {
    const running = await launched(),
      stopped = await site.service.stop(running.id, keep, change(running));
    const archived = await site.service.archive(running.id, change(stopped));
    expect(archived.status).toBe('archived');
    await expect(site.service.archive(running.id, change(archived))).rejects.toMatchObject({ status: 409, message: expect.stringContaining('Copy') });
    await expect(site.sql.rows(`update experiment set status = 'running' where id = $1`, [running.id])).rejects.toThrow();
    await expect(site.sql.rows(`update experiment set reason = 'Other' where id = $1`, [running.id])).rejects.toThrow();
  });

  test('two that change different things run at the same time, and a viewer gets both', async () => {
    const [diverse, trending] = [await launched(overriding({ diversity: 0.7 })), await launched(overriding({ rows: ['home.trending'] }))];
    await expect(launched(overriding({ diversity: 0.2 }))).rejects.toMatchObject({ status: 409, message: expect.stringMatching(/diversity/) });
    const seen = new Set<string>();
    const units = await site.sql.rows<{ id: number }>(`insert into unit (visitor) select gen_random_uuid() from generate_series(1, 40) returning id`);
    let served = await site.recommender.open(units[0]!.id, new Date());
    for (let tries = 0; tries < 200 && served.assignments.length < 2; tries++) served = await site.recommender.open(units[0]!.id, new Date());
    for (const { id } of units) {
      const { blend, assignments } = await site.recommender.open(id, new Date());
      const armOf = (one: Experiment) => assignments.find(({ experiment }) => experiment === one.id)!.arm;
      expect(blend.spec.diversity === 0.7).toBe(armOf(diverse) === 'b');
      expect(blend.spec.rows !== null).toBe(armOf(trending) === 'b');
      seen.add(armOf(diverse) + armOf(trending));
    }
    expect(seen.size).toBe(4);
  });
});
