import type { Experiment } from '../../plugins/experiments/model.ts';
import { bootSite, type Site } from './site.ts';

const at = new Date('2025-03-01T12:00:00Z');

describe('the life of an experiment', () => {
  let site: Site;
  const change = ({ version }: Experiment, operator: number | null = null) => ({ version, operator, at });
  const drafted = (over?: object) => site.service.create(site.draft(over), null);
  const launched = async (over?: object) => {
    const draft = await drafted(over);
    return site.service.launch(draft.id, change(draft));
  };
  const keep = { decision: 'keep', reason: 'Nothing gained.' };

  beforeAll(async () => {
    site = await bootSite();
  });
  afterAll(() => site.stop());
  afterEach(async () => {
    for (const { id, version } of await site.sql.rows<Experiment>(`select id, version from experiment where status in ('running', 'paused')`)) {
      await site.service.stop(id, keep, { version, operator: null, at: new Date() });
    }
  });

  test('goes from draft to running, paused, running and stopped', async () => {
    const draft = await drafted();
    expect(draft).toMatchObject({
      status: 'draft',
      startedAt: null,
      arms: [
        { key: 'control', name: 'House', share: 50, blendVersion: null },
        { key: 'b', name: 'Personal' },
      ],
    });
    const running = await site.service.launch(draft.id, change(draft));
    expect(running).toMatchObject({ status: 'running', startedAt: at });
    expect(running.arms.map(({ blendVersion }) => site.blends.version(blendVersion!)?.name)).toEqual(['House', 'Personal']);
    const paused = await site.service.pause(draft.id, change(running));
    const again = await site.service.resume(draft.id, change(paused));
    expect(again).toMatchObject({ status: 'running', startedAt: at, arms: running.arms });
    const stopped = await site.service.stop(draft.id, { decision: 'inconclusive', reason: 'Too few viewers.' }, change(again));
    expect(stopped).toMatchObject({
      status: 'stopped',
      stoppedAt: at,
      decision: 'inconclusive',
      decidedArm: null,
      reason: 'Too few viewers.',
      version: 5,
    });
  });

  test('a draft can be deleted, which the audit log remembers', async () => {
    const draft = await drafted({ name: 'Never mind' });
    await site.service.delete(draft.id, change(draft));
    expect(await site.sql.rows('select from experiment where id = $1', [draft.id])).toEqual([]);
    expect(await site.sql.rows('select from experiment_arm where experiment = $1', [draft.id])).toEqual([]);
    const row = await site.sql.one<{ before: { name: string }; after: unknown }>(
      `select before, after from audit_log where action = 'experiment.delete' and subject = $1`,
      [`experiment ${draft.id}`],
    );
    expect([row!.before.name, row!.after]).toEqual(['Never mind', null]);
    await expect(site.service.delete(draft.id, change(draft))).rejects.toMatchObject({ status: 404 });
  });

  test('only a draft can be deleted, and only as it was looked at', async () => {
    const draft = await drafted();
    await expect(site.service.delete(draft.id, { ...change(draft), version: 7 })).rejects.toMatchObject({ code: 'STALE' });
    const running = await site.service.launch(draft.id, change(draft));
    await expect(site.service.delete(draft.id, change(running))).rejects.toMatchObject({ code: 'CONFLICT' });
    const stopped = await site.service.stop(draft.id, keep, change(running));
    await expect(site.service.delete(draft.id, change(stopped))).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('a launch pins the newest version of each blend, and later versions change nothing', async () => {
    const { id: newer } = await site.blends.save(
      site.personal,
      site.blends.latest().find(({ blend }) => blend === site.personal)!.id,
      { weights: { svd: 2 }, normalisation: 'standard', diversity: 0 },
      '',
      null,
    );
    const running = await launched();
    expect(running.arms[1]!.blendVersion).toBe(newer);
    await site.blends.save(site.personal, newer, { weights: { svd: 3 }, normalisation: 'standard', diversity: 0 }, '', null);
    expect(
      (await site.sql.one<{ v: number }>(`select blend_version as v from experiment_arm where experiment = $1 and key = 'b'`, [running.id]))!.v,
    ).toBe(newer);
  });

  test('shipping makes the arm’s blend the default, as it was tested', async () => {
    const running = await launched();
    const tested = site.blends.version(running.arms[1]!.blendVersion!)!;
    await site.blends.save(site.personal, tested.id, { weights: { svd: 9 }, normalisation: 'standard', diversity: 0 }, '', null);
    await site.service.stop(running.id, { decision: 'ship', arm: 'b', reason: 'More clicks.' }, change(running));
    const shipped = await site.sql.one<{ name: string; spec: object }>(`select b.name, v.spec from blend b join blend_version v on v.blend = b.id
      where b.is_default order by v.version desc limit 1`);
    expect(shipped).toEqual({ name: 'Personal', spec: tested.spec });
    await site.blends.makeDefault(site.house, null);
  });

  test('refuses every step that does not fit, with 409', async () => {
    const draft = await drafted();
    for (const step of ['pause', 'resume'] as const) await expect(site.service[step](draft.id, change(draft))).rejects.toMatchObject({ status: 409 });
    await expect(site.service.stop(draft.id, keep, change(draft))).rejects.toMatchObject({ status: 409, message: expect.stringContaining('draft') });
    const running = await site.service.launch(draft.id, change(draft));
    await expect(site.service.launch(draft.id, change(running))).rejects.toMatchObject({ status: 409, message: expect.stringContaining('running') });
    await expect(site.service.edit(draft.id, site.draft(), change(running))).rejects.toMatchObject({ status: 409 });
    const stopped = await site.service.stop(draft.id, keep, change(running));
    for (const step of ['launch', 'pause', 'resume'] as const)
      await expect(site.service[step](draft.id, change(stopped))).rejects.toMatchObject({ status: 409 });
    await expect(site.service.launch(999_999, change(stopped))).rejects.toMatchObject({ status: 404 });
  });

  test('refuses a second running experiment, by name, at the launch and when going on', async () => {
    const first = await launched({ name: 'First' }),
      second = await drafted({ name: 'Second' });
    await expect(site.service.launch(second.id, change(second))).rejects.toMatchObject({
      status: 409,
      message: expect.stringMatching(/“First” is running.*pause or stop/),
    });
    const paused = await site.service.pause(first.id, change(first));
    await site.service.launch(second.id, change(second));
    await expect(site.service.resume(first.id, change(paused))).rejects.toMatchObject({ status: 409, message: expect.stringContaining('“Second”') });
  });

  test('of two launches at the same moment one wins', async () => {
    const drafts = [await drafted(), await drafted()];
    const tries = await Promise.allSettled(drafts.map((draft) => site.service.launch(draft.id, change(draft))));
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(tries.find((one) => one.status === 'rejected')).toMatchObject({ reason: { status: 409 } });
  });

  test('a stale edit is refused with 409 and changes nothing', async () => {
    const draft = await drafted();
    const edited = await site.service.edit(draft.id, site.draft({ name: 'Renamed' }), change(draft));
    expect(edited).toMatchObject({ name: 'Renamed', version: 2 });
    await expect(site.service.edit(draft.id, site.draft({ name: 'Too late' }), change(draft))).rejects.toMatchObject({ status: 409, code: 'STALE' });
    await expect(site.service.launch(draft.id, change(draft))).rejects.toMatchObject({ code: 'STALE' });
    expect(await site.sql.one('select name, status from experiment where id = $1', [draft.id])).toEqual({ name: 'Renamed', status: 'draft' });
  });

  test('a decision needs its reason and, to ship, an arm that is not the control', async () => {
    const running = await launched();
    const stop = (input: object) => site.service.stop(running.id, input, change(running));
    await expect(stop({ decision: 'keep', reason: '  ' })).rejects.toMatchObject({ status: 422, fields: { reason: expect.stringContaining('why') } });
    await expect(stop({ decision: 'maybe', reason: 'x' })).rejects.toMatchObject({ status: 422, fields: { decision: expect.any(String) } });
    for (const arm of [undefined, 'control', 'z'])
      await expect(stop({ decision: 'ship', arm, reason: 'x' })).rejects.toMatchObject({ status: 422, fields: { arm: expect.any(String) } });
  });

  test('every step leaves its audit row', async () => {
    const { account } = (await site.sql.one<{ account: number }>(`insert into account (email, handle, name, password_hash, role)
      values ('boss@example.org', 'boss', 'Boss', 'x', 'manager') returning id as account`))!;
    const draft = await site.service.create(site.draft(), account);
    const running = await site.service.launch(draft.id, change(draft, account));
    await site.service.stop(draft.id, { decision: 'ship', arm: 'b', reason: 'More clicks.' }, change(running, account));
    const rows = await site.sql.rows<{ action: string; operator: number; after: Experiment }>(
      'select action, operator, after from audit_log where subject = $1 order by id',
      [`experiment ${draft.id}`],
    );
    expect(rows.map(({ action, operator }) => [action, operator])).toEqual([
      ['experiment.create', account],
      ['experiment.launch', account],
      ['experiment.stop', account],
    ]);
    expect(rows[2]!.after).toMatchObject({ decision: 'ship', decidedArm: 'b', reason: 'More clicks.' });
    expect(await site.sql.one(`select operator from audit_log where action = 'blend.default' order by id desc limit 1`)).toEqual({
      operator: account,
    });
    await site.blends.makeDefault(site.house, null);
  });

  test('a failing step leaves no trace', async () => {
    const running = await launched();
    const before = await site.sql.one<{ n: number }>('select count(*)::integer as n from audit_log');
    await expect(site.service.stop(running.id, { decision: 'ship', arm: 'nobody', reason: 'x' }, change(running))).rejects.toMatchObject({
      status: 422,
    });
    expect(await site.sql.one('select count(*)::integer as n from audit_log')).toEqual(before);
    expect(await site.sql.one('select status, version from experiment where id = $1', [running.id])).toEqual({
      status: 'running',
      version: running.version,
    });
  });
});
