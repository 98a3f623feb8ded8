import { eventsOf } from '../../plugins/experiments/events.ts';
import { experimentWith, type Experiment } from '../../plugins/experiments/model.ts';
import { resultsGuards, type Standing } from '../../plugins/experiments/steer/guards.ts';
import { Steering } from '../../plugins/experiments/steer/steering.ts';
import { silent } from '../../core/log.ts';
import { bootSite, type Site } from './site.ts';

const start = new Date('2025-03-01T12:00:00Z');
const after = (hours: number): Date => new Date(start.getTime() + hours * 3_600_000);
const fine: Standing = { broken: undefined, silent: undefined, worse: [], verdict: { kind: 'open', arm: null, title: 'Nothing yet' } };
const worse: Standing = { ...fine, worse: [{ metric: 'ctr', arm: 'b', text: '“Personal” is significantly worse in ctr.' }] };

describe('what experiments do by themselves', () => {
  let site: Site, steering: Steering, standing: Standing, told: number[];
  const change = ({ version }: Experiment, at = start) => ({ version, operator: null, at });
  const launched = async (over?: object) => {
    const draft = await site.service.create(site.draft(over), null);
    return site.service.launch(draft.id, change(draft));
  };
  const now = async ({ id }: Experiment) => (await experimentWith(site.sql, id))!;
  const kinds = async ({ id }: Experiment) => (await eventsOf(site.sql, id)).map(({ kind }) => kind).reverse();

  beforeAll(async () => {
    site = await bootSite();
    steering = new Steering({
      sql: site.sql,
      bus: site.bus,
      guards: { of: async () => standing },
      tell: async (_tx, event) => void told.push(event),
      log: silent,
    });
  });
  afterAll(() => site.stop());
  beforeEach(() => {
    [standing, told] = [fine, []];
  });
  afterEach(async () => {
    for (const { id, version } of await site.sql.rows<Experiment>(`select id, version from experiment where status in ('running', 'paused')`))
      await site.service.stop(id, { decision: 'keep', reason: 'x' }, { version, operator: null, at: new Date() });
  });

  test('it starts at its time, and ends at its time to wait for the decision', async () => {
    const waiting = await launched({ startsAt: after(10).toISOString(), endsAt: after(20).toISOString() });
    expect(await steering.look(after(9))).toBe(0);
    expect(await steering.look(after(11))).toBe(1);
    expect(await now(waiting)).toMatchObject({ status: 'running', startedAt: after(11), phaseStartedAt: after(11) });
    expect(await steering.look(after(12))).toBe(0);
    await steering.look(after(21));
    const ended = await now(waiting);
    expect(ended).toMatchObject({ status: 'stopped', stoppedAt: after(21), decision: null });
    expect(await kinds(waiting)).toEqual(['started', 'ended']);
    expect(told).toHaveLength(1);
    await expect(site.service.archive(ended.id, change(ended))).rejects.toMatchObject({ message: expect.stringContaining('Decide first') });
    const decided = await site.service.decide(ended.id, { decision: 'keep', reason: 'No difference.' }, change(ended));
    expect(decided).toMatchObject({ decision: 'keep', status: 'stopped' });
    await expect(site.service.decide(ended.id, { decision: 'keep', reason: 'Again.' }, change(decided))).rejects.toMatchObject({ status: 409 });
  });

  test('one that would disturb another by then becomes a draft again, with the reason', async () => {
    const draft = await site.service.create(site.draft({ startsAt: after(10).toISOString() }), null);
    await site.sql.rows(
      `update experiment_arm set blend_version = (select max(id) from blend_version v where v.blend = experiment_arm.blend) where experiment = $1`,
      [draft.id],
    );
    const other = await launched({ name: 'Other' });
    await site.sql.rows(`update experiment set status = 'scheduled' where id = $1`, [draft.id]);
    await steering.look(after(11));
    expect((await now(draft)).status).toBe('draft');
    expect(await eventsOf(site.sql, draft.id)).toMatchObject([
      { kind: 'start-refused', text: expect.stringMatching(/draft again.*“Other” is running/) },
    ]);
    expect((await now(other)).status).toBe('running');
  });

  test('the ramp takes step after step, each after its hours', async () => {
    const ramp = [
      { coverage: 0.01, hours: 2 },
      { coverage: 0.25, hours: 3 },
      { coverage: 1, hours: 0 },
    ];
    const running = await launched({ ramp });
    expect(running.coverage).toBe(0.01);
    const coverageAt = async (hours: number) => {
      await steering.look(after(hours));
      return (await now(running)).coverage;
    };
    expect([await coverageAt(1), await coverageAt(2), await coverageAt(4), await coverageAt(5), await coverageAt(99)]).toEqual([
      0.01, 0.25, 0.25, 1, 1,
    ]);
    expect(await kinds(running)).toEqual(['ramped', 'ramped']);
    expect(
      await site.sql.rows(`select operator from audit_log where action = 'experiment.ramp' and subject = $1`, [`experiment ${running.id}`]),
    ).toEqual([{ operator: null }, { operator: null }]);
  });

  test('a split that is wrong holds the ramp, and is told once', async () => {
    const running = await launched({
      ramp: [
        { coverage: 0.01, hours: 1 },
        { coverage: 1, hours: 0 },
      ],
    });
    standing = { ...fine, broken: 'The split is wrong.' };
    for (const hours of [2, 3, 4]) await steering.look(after(hours));
    expect(await now(running)).toMatchObject({ status: 'running', coverage: 0.01 });
    expect(await kinds(running)).toEqual(['guardrail', 'ramp-held']);
    expect(told).toHaveLength(1);
    standing = fine;
    await steering.look(after(5));
    expect((await now(running)).coverage).toBe(1);
  });

  test('nobody for a day is told, once, and holds nothing', async () => {
    const running = await launched({
      ramp: [
        { coverage: 0.01, hours: 1 },
        { coverage: 1, hours: 0 },
      ],
    });
    standing = { ...fine, silent: 'For 30 hours nobody has been shown a list of it.' };
    for (const hours of [30, 31]) await steering.look(after(hours));
    expect(await kinds(running)).toEqual(['guardrail', 'ramped']);
    expect((await eventsOf(site.sql, running.id)).at(-1)).toMatchObject({ text: standing.silent, data: { alarm: 'exposure' } });
    expect(told).toHaveLength(1);
    const real = await resultsGuards(site.measurement).of(await now(running), after(32));
    expect(real).toMatchObject({ broken: undefined, silent: 'For 32 hours nobody has been shown a list of it.', worse: [] });
  });

  test('a guardrail that is significantly worse pauses it, with an audit row of the site’s own', async () => {
    const running = await launched({
      ramp: [
        { coverage: 0.1, hours: 1 },
        { coverage: 1, hours: 0 },
      ],
    });
    standing = worse;
    await steering.look(after(2));
    expect(await now(running)).toMatchObject({ status: 'paused', coverage: 0.1 });
    expect(await eventsOf(site.sql, running.id)).toMatchObject([{ kind: 'rolled-back', text: expect.stringContaining('worse in ctr') }]);
    expect(told).toHaveLength(1);
    const row = await site.sql.one(
      `select operator, before->>'status' as before, after->>'status' as after from audit_log where action = 'experiment.roll-back' and subject = $1`,
      [`experiment ${running.id}`],
    );
    expect(row).toEqual({ operator: null, before: 'running', after: 'paused' });
    expect(await steering.look(after(3))).toBe(0);
  });

  test('a verdict is told when it changes, and when it is for another arm', async () => {
    const running = await launched();
    const verdicts = [
      ['open', null],
      ['good', 'b'],
      ['good', 'b'],
      ['good', 'c'],
      ['open', null],
      ['good', 'c'],
    ] as const;
    for (const [hours, [kind, arm]] of verdicts.entries()) {
      standing = { ...fine, verdict: { kind, arm, title: `${kind} ${arm ?? ''}` } };
      await steering.look(after(hours));
    }
    expect((await eventsOf(site.sql, running.id)).map(({ text }) => text)).toEqual(['good c', 'open ', 'good c', 'good b']);
    expect(told).toHaveLength(4);
  });

  test('one whose results fail stops nobody', async () => {
    const broken = await launched({
      arms: [
        { key: 'control', share: 50, blend: null },
        { key: 'b', share: 50, blend: null, overrides: { diversity: 1 } },
      ],
    });
    const other = await launched({
      endsAt: after(10).toISOString(),
      arms: [
        { key: 'control', share: 50, blend: null },
        { key: 'b', share: 50, blend: null, overrides: { rows: ['home.trending'] } },
      ],
    });
    const failing = new Steering({
      sql: site.sql,
      bus: site.bus,
      guards: { of: async () => Promise.reject(new Error('no results')) },
      tell: async () => {},
      log: silent,
    });
    expect(await failing.look(after(11))).toBe(1);
    expect([(await now(broken)).status, (await now(other)).status]).toEqual(['running', 'stopped']);
  });

  test('the job looks at all of them', async () => {
    const running = await launched({ endsAt: after(1).toISOString() });
    await expect(site.memoryJobs.run('experiments.steer')).resolves.toEqual({ moved: 1 });
    expect((await now(running)).status).toBe('stopped');
  });
});
