import { CompiledExperiments } from '../../plugins/experiments/assignment/compiled.ts';
import { experimentsIn, type Experiment } from '../../plugins/experiments/model.ts';
import { sampleRatio } from '../../plugins/experiments/statistics/srm.ts';
import { nobodyKnown, somebody } from './people.ts';
import { bootSite, storeUnits, type Site } from './site.ts';

const units = Array.from({ length: 20_000 }, (_, i) => i + 1);

const noon = new Date('2026-06-01T12:00:00Z');

describe('who gets which arm', () => {
  let site: Site, running: CompiledExperiments, experiment: Experiment;
  const refreshed = async () => new CompiledExperiments(await experimentsIn(site.sql, ['draft', 'running', 'paused']));
  const step = async (name: 'launch' | 'pause' | 'resume') => {
    experiment = await site.service[name](experiment.id, { version: experiment.version, operator: null, at: new Date() });
    running = await refreshed();
  };
  const assign = (unit: number, compiled = running) => compiled.assign(unit, somebody, nobodyKnown, noon);
  const armsOf = (compiled: CompiledExperiments) => units.map((unit) => assign(unit, compiled)[0]?.arm);

  beforeAll(async () => {
    site = await bootSite();
    experiment = await site.service.create(
      site.draft({
        arms: [
          { key: 'control', share: 50, blend: site.house },
          { key: 'b', share: 30, blend: site.personal },
          { key: 'c', share: 20, blend: site.popular },
        ],
      }),
      null,
    );
  });
  afterAll(() => site.stop());

  test('nobody is in a draft', async () => {
    running = await refreshed();
    expect(new Set(armsOf(running))).toEqual(new Set([undefined]));
  });

  test('everybody is in one arm of a running experiment, with the arm’s blend, in the wanted shares', async () => {
    await step('launch');
    expect(assign(17)).toEqual(assign(17));
    const counts = new Map<string, number>();
    for (const unit of units) {
      const [assigned, ...more] = assign(unit);
      expect(more).toEqual([]);
      expect(assigned).toMatchObject({
        experiment: experiment.id,
        blendVersion: experiment.arms.find(({ key }) => key === assigned!.arm)!.blendVersion,
      });
      counts.set(assigned!.arm, (counts.get(assigned!.arm) ?? 0) + 1);
    }
    expect(sampleRatio(experiment.arms.map(({ key, share }) => ({ units: counts.get(key)!, share }))).alarm).toBe(false);
  });

  test('a second process and a later start agree', async () => {
    expect(armsOf(await refreshed())).toEqual(armsOf(running));
  });

  test('a pause takes everybody out, and nobody changes arm by it', async () => {
    const before = armsOf(running);
    await step('pause');
    expect(assign(1)).toEqual([]);
    await step('resume');
    expect(armsOf(running)).toEqual(before);
  });

  test('the site follows each step by itself, and serves and records the arm', async () => {
    const [unit] = (await storeUnits(site.sql, 1)) as [number];
    const served = async () => {
      const { blend, assignments } = await site.recommender.open(unit, new Date());
      return { blend: blend.id, assignments };
    };
    const until = async (there: boolean) => {
      for (let tries = 0; tries < 200 && (await served()).assignments.length > 0 !== there; tries++) await new Promise((done) => setImmediate(done));
      return served();
    };
    const [assigned] = assign(unit);
    expect(await until(true)).toEqual({ blend: assigned!.blendVersion, assignments: [{ experiment: experiment.id, phase: 1, arm: assigned!.arm }] });
    await step('pause');
    expect(await until(false)).toEqual({ blend: site.blends.current()!.id, assignments: [] });
  });

  test('experiments with different seeds share viewers out independently of each other', async () => {
    const before = armsOf(running);
    const other = await site.service.create(site.draft(), null);
    const launched = await site.service.launch(other.id, { version: other.version, operator: null, at: new Date() });
    running = await refreshed();
    const mine = units.map((unit) => assign(unit)[0]!.arm);
    expect(before.every((arm) => arm === undefined)).toBe(true);
    await site.service.stop(launched.id, { decision: 'keep', reason: 'x' }, { version: launched.version, operator: null, at: new Date() });
    await step('resume');
    const both = armsOf(running).filter((arm, i) => arm === 'control' && mine[i] === 'control').length;
    expect(both / units.length).toBeGreaterThan(0.23);
    expect(both / units.length).toBeLessThan(0.27);
  });
});
