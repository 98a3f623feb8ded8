import type { Experiment } from '../../plugins/experiments/model.ts';
import { bootSite, type Site } from './site.ts';

const at = new Date('2025-03-01T12:00:00Z');

describe('what is refused', () => {
  let site: Site;
  beforeAll(async () => {
    site = await bootSite();
  });
  afterAll(() => site.stop());

  const control = (share: number) => ({ key: 'control', share, blend: site.house });
  const b = (share: number) => ({ key: 'b', share, blend: site.personal });
  const fields = (over: object) =>
    site.service.create(site.draft(over), null).then(
      () => ({}),
      (error: { status: number; fields: object }) => {
        expect(error.status).toBe(422);
        return error.fields;
      },
    );

  test('drafts, with the field named', async () => {
    expect(await fields({ name: '  ' })).toEqual({ name: expect.stringContaining('name') });
    expect(await fields({ name: '', arms: [control(50), b(40)] })).toEqual({ name: expect.any(String), 'arms.shares': expect.any(String) });
    expect(await fields({ metric: 'money' })).toEqual({ metric: 'Nobody counts “money” here. Choose another metric.' });
    expect(await fields({ secondary: ['conversion', 'luck'], guardrails: [{ metric: 'money', margin: 0 }] })).toEqual({
      'secondary.1': expect.stringContaining('luck'),
      'guardrails.0.metric': expect.stringContaining('money'),
    });
    expect(await fields({ kind: 'bandit', metric: 'page-time-p90' })).toEqual({ metric: expect.stringContaining('cannot be added up') });
    expect(await fields({ arms: [] })).toMatchObject({ arms: expect.stringContaining('two arms') });
    expect(await fields({ arms: [control(99.99)] })).toMatchObject({ arms: expect.stringContaining('two arms') });
    expect(
      await fields({
        arms: [
          { ...b(50), key: 'a' },
          { key: 'b', share: 50, blend: site.house },
        ],
      }),
    ).toEqual({ arms: expect.stringContaining('control') });
    expect(await fields({ arms: [control(50), { ...b(50), key: 'control' }] })).toEqual({ 'arms.1.key': expect.stringContaining('two arms') });
    expect(await fields({ arms: [control(50), { ...b(50), blend: site.house }] })).toEqual({
      'arms.1.blend': expect.stringContaining('Another arm'),
    });
    expect(await fields({ arms: [control(50), { ...b(50), blend: 99_999 }] })).toEqual({ 'arms.1.blend': expect.stringContaining('no such blend') });
    expect(await fields({ arms: [control(50), b(40)] })).toEqual({ 'arms.shares': 'The shares add up to 90 percent. They must make 100.' });
    expect(await fields({ arms: [control(60), b(60)] })).toEqual({ 'arms.shares': expect.stringContaining('120') });
    expect(
      await fields({
        arms: [
          { ...control(50), name: 'New' },
          { ...b(50), name: 'new' },
        ],
      }),
    ).toEqual({
      'arms.1.name': expect.stringContaining('a name of its own'),
    });
    for (const share of [0, -5, 100, Number.NaN, Infinity, '50', null])
      expect(await fields({ arms: [control(50), { ...b(50), share }] })).toHaveProperty(['arms.1.share']);
    expect(await fields({ arms: [control(50), b(49.999)] })).toHaveProperty(['arms.1.share']);
    expect(await fields({ coverage: 1.5, guardrails: [{ metric: 'ctr', margin: -0.1 }], ramp: [{ coverage: 0, hours: 1 }] })).toEqual({
      coverage: 'Give more than 0, up to 100 percent.',
      'guardrails.0.margin': 'Give 0 to 100 percent.',
      'ramp.0.coverage': 'Give more than 0, up to 100 percent.',
    });
    expect(await fields({ seed: 'mine', status: 'running' })).toEqual({ 'seed, status': expect.any(String) });
    expect(await site.sql.rows('select from experiment')).toEqual([]);
  });

  test('thirds make a hundred', async () => {
    const thirds = [control(33.33), b(33.33), { key: 'c', share: 33.34, blend: site.popular }];
    const { arms } = await site.service.create(site.draft({ arms: thirds }), null);
    expect(arms.map(({ share }) => share)).toEqual([33.33, 33.33, 33.34]);
  });

  test('arms that change the same blend have names of their own without being asked', async () => {
    const changed = { ...b(50), blend: site.house, overrides: { diversity: 0.5 } };
    const { id, arms } = await site.service.create(site.draft({ arms: [control(50), changed] }), null);
    expect(arms.map(({ name }) => name)).toEqual(['House', 'House (B)']);
    await site.service.delete(id, { version: 1, operator: null, at: new Date() });
  });

  test('control characters are taken out of texts', async () => {
    expect(await site.service.create(site.draft({ name: ' A\u0000\u202eB ' }), null)).toMatchObject({ name: 'AB' });
  });

  describe('by the database itself', () => {
    let running: Experiment;
    const refused = (statement: string, bind: unknown[] = []) => expect(site.sql.rows(statement, bind)).rejects.toThrow();
    const insert = async (arms: [key: string, share: number, blend: number][]) => {
      const { id } = (await site.sql.one<{ id: number }>(
        `insert into experiment (name, primary_metric, seed) values ('x', 'ctr', 'a long seed') returning id`,
      ))!;
      for (const [i, [key, share, blend]] of arms.entries()) {
        await site.sql.rows(
          `insert into experiment_arm (experiment, key, name, position, share, blend, blend_version)
          select $1, $2, 'arm', $3, $4, $5, max(id) from blend_version where blend = $5`,
          [id, key, i, share, blend],
        );
      }
      return id;
    };
    beforeAll(async () => {
      const draft = await site.service.create(site.draft(), null);
      running = await site.service.launch(draft.id, { version: 1, operator: null, at });
    });

    test('arms that make no experiment cannot be launched', async () => {
      const launch = `update experiment set status = 'running', started_at = now() where id = $1`;
      await site.sql.rows(`update experiment set status = 'paused' where id = $1`, [running.id]);
      await refused(launch, [await insert([])]);
      await refused(launch, [
        await insert([
          ['control', 50, site.house],
          ['b', 40, site.personal],
        ]),
      ]);
      await refused(launch, [
        await insert([
          ['a', 50, site.house],
          ['b', 50, site.personal],
        ]),
      ]);
      const unpinned = await insert([
        ['control', 50, site.house],
        ['b', 50, site.personal],
      ]);
      await site.sql.rows(`update experiment_arm set blend_version = null where experiment = $1 and key = 'b'`, [unpinned]);
      await refused(launch, [unpinned]);
      await refused(launch, [
        await insert([
          ['control', 50, site.house],
          ['b', 50, site.house],
        ]),
      ]);
      await site.sql.rows(`update experiment set status = 'running' where id = $1`, [running.id]);
    });

    test('duplicate arms, shares out of range and unknown blends have no place', async () => {
      await expect(
        insert([
          ['control', 50, site.house],
          ['control', 50, site.personal],
        ]),
      ).rejects.toThrow();
      await expect(insert([['control', 0, site.house]])).rejects.toThrow();
      await expect(insert([['control', 50, 99_999]])).rejects.toThrow();
    });

    test('states are passed in order', async () => {
      await refused(`insert into experiment (name, primary_metric, seed, status, started_at) values ('x', 'ctr', 'a long seed', 'running', now())`);
      await refused(`update experiment set status = 'draft', started_at = null where id = $1`, [running.id]);
      await refused(`update experiment set status = 'stopped' where id = $1`, [running.id]);
      await refused(`update experiment set status = 'stopped', stopped_at = now(), decision = 'keep' where id = $1`, [running.id]);
      await refused(
        `update experiment set status = 'stopped', stopped_at = now(), decision = 'ship', decided_arm = 'zz', reason = 'x' where id = $1`,
        [running.id],
      );
      const draft = await insert([
        ['control', 50, site.house],
        ['b', 50, site.personal],
      ]);
      await refused(`update experiment set status = 'paused', started_at = now() where id = $1`, [draft]);
    });

    test('what was launched cannot change or go', async () => {
      await refused(`update experiment_arm set share = 60 where experiment = $1 and key = 'b'`, [running.id]);
      await refused(`delete from experiment_arm where experiment = $1`, [running.id]);
      await refused(`insert into experiment_arm (experiment, key, name, position, share, blend) values ($1, 'c', 'C', 2, 10, $2)`, [
        running.id,
        site.popular,
      ]);
      await refused(`update experiment set primary_metric = 'conversion' where id = $1`, [running.id]);
      await refused(`update experiment set seed = 'another long seed' where id = $1`, [running.id]);
      await refused('delete from experiment where id = $1', [running.id]);
      const stopped = await site.service.stop(
        running.id,
        { decision: 'keep', reason: 'Enough.' },
        { version: running.version, operator: null, at: new Date() },
      );
      await refused(`update experiment set reason = 'Other.' where id = $1`, [stopped.id]);
    });

    test('a draft can go, with its arms', async () => {
      const draft = await insert([
        ['control', 50, site.house],
        ['b', 50, site.personal],
      ]);
      await site.sql.rows('delete from experiment where id = $1', [draft]);
      expect(await site.sql.rows('select from experiment_arm where experiment = $1', [draft])).toEqual([]);
    });
  });
});
