import { seeded } from '../../math/random.ts';
import { control, defaultSettings, experimentWith, type Experiment } from '../../plugins/experiments/model.ts';
import { always, judgeOf } from '../../plugins/experiments/results/engine.ts';
import { metricResults, type MetricResult } from '../../plugins/experiments/results/metrics.ts';
import { noSums, type Entry, type Total } from '../../plugins/experiments/results/read.ts';
import { breaksGuardrail } from '../../plugins/experiments/results/verdict.ts';
import { resultsGuards } from '../../plugins/experiments/steer/guards.ts';
import { metrics } from '../../plugins/tracking/metrics.ts';
import { successes } from '../../config/validation/finding.ts';
import { bootSite, storeFilms, storeList, storeUnits, type Site } from './site.ts';

const arms = [control, 'b'].map((key) => ({ key, name: key, share: 50, allocation: null, blend: null, blendVersion: null, overrides: {} }));
const design = {
  arms,
  alpha: 0.05,
  cuped: false,
  engine: 'fixed',
  settings: defaultSettings,
  plannedUnits: null,
  correction: 'none',
  metric: 'ctr',
  secondary: [],
  guardrails: [{ metric: 'conversion', margin: 0 }],
} as unknown as Experiment;
const at = new Date('2026-03-01T00:00:00Z');

/** The metrics of an experiment in which so many of n viewers an arm had a success. */
function look(n: number, won: readonly [number, number], over: Partial<Experiment> = {}): readonly MetricResult[] {
  const experiment = { ...design, ...over },
    entries = arms.map(({ key }): Entry => ({ arm: key, stratum: '', standing: 'counted', at, units: n, simulated: 0, late: 0 }));
  const totals = arms.map(({ key }, i): Total => ({ ...noSums, metric: 'conversion', arm: key, stratum: '', m: won[i]!, mm: won[i]! }));
  const moment = { started: at.getTime(), until: Infinity, open: Infinity },
    { engine } = judgeOf(experiment, entries);
  return metricResults(
    metrics.filter(({ id }) => id === 'conversion'),
    { experiment, engine, always: { engine: always, totals, moment }, entries, totals, quantiles: new Map(), moment },
  );
}
const guard = (n: number, won: readonly [number, number], over?: Partial<Experiment>) => look(n, won, over)[0]!;

describe('a guardrail', () => {
  test('that is looked at all the time breaks where nothing differs in no more than α of the tests, whatever the engine', () => {
    const random = seeded(5),
      runs = 200;
    for (const engine of ['fixed', 'bayes'] as const) {
      let broken = 0;
      for (let run = 0; run < runs; run++) {
        const won: [number, number] = [0, 0];
        for (let n = 200, done = false; n <= 8_000 && !done; n += 200) {
          for (const arm of [0, 1]) won[arm]! += successes(200, 0.2, random);
          if ((done = breaksGuardrail(guard(n, won, { engine }), 'b'))) broken++;
        }
      }
      expect([engine, broken / runs <= 0.05]).toEqual([engine, true]);
    }
  });

  test('is found broken when it is', () => {
    expect(breaksGuardrail(guard(4_000, [800, 640]), 'b')).toBe(true);
    expect(breaksGuardrail(guard(4_000, [800, 640], { guardrails: [{ metric: 'conversion', margin: 0.3 }] }), 'b')).toBe(false);
    expect(breaksGuardrail(guard(4_000, [640, 800]), 'b')).toBe(false);
  });

  test('says nothing before each arm has the metric’s minimum, and neither does any other metric', () => {
    const few = guard(99, [60, 10]);
    expect([breaksGuardrail(few, 'b'), few.arms[1]!.says, few.arms[1]!.always]).toEqual([false, 'few', null]);
    expect(breaksGuardrail(guard(100, [60, 10]), 'b')).toBe(true);
    const [other] = look(99, [60, 10], { guardrails: [], secondary: ['conversion'] });
    expect(other!.arms[1]).toMatchObject({ says: 'few', deciding: { high: expect.any(Number) } });
  });

  test('shows the interval that it is judged by', () => {
    const [watched, once] = [guard(4_000, [800, 640]), look(4_000, [800, 640], { guardrails: [], secondary: ['conversion'] })[0]!];
    expect(watched.arms[1]!.relative).toEqual(watched.arms[1]!.always!.relative);
    expect(watched.arms[1]!.relative!.low).toBeLessThan(once.arms[1]!.relative!.low);
    // One that also decides keeps its own interval beside it.
    const both = look(4_000, [800, 640], { metric: 'conversion' })[0]!;
    expect([both.role, both.arms[1]!.relative]).toEqual(['primary', once.arms[1]!.relative]);
    expect(both.arms[1]!.always!.relative).toEqual(watched.arms[1]!.relative);
  });
});

describe('before the first of the planned looks', () => {
  let site: Site;
  beforeAll(async () => {
    site = await bootSite();
  });
  afterAll(() => site.stop());

  test('a guardrail is watched all the same', async () => {
    const films = await storeFilms(site.sql, 10),
      units = await storeUnits(site.sql, 300),
      hour = (n: number) => new Date(at.getTime() + n * 3_600_000);
    const guardrails = [{ metric: 'clicks', margin: 0.02 }];
    const draft = await site.service.create(site.draft({ engine: 'group-sequential', plannedUnits: 10_000, metric: 'conversion', guardrails }), null);
    const { id } = await site.service.launch(draft.id, { version: 1, operator: null, at });
    for (const [i, unit] of units.entries())
      await storeList(site.sql, id, films, {
        unit,
        arm: i % 2 ? 'b' : control,
        at: hour(1),
        films: 10,
        clicks: i % 2 ? (i % 5 ? [] : [0]) : i % 4 ? [0] : [0, 1],
      });
    const experiment = async () => (await experimentWith(site.sql, id))!;
    expect((await site.measurement.results(await experiment(), hour(2))).verdict).toMatchObject({ kind: 'bad', title: 'Stop: keep “House”' });
    expect(await resultsGuards(site.measurement).of(await experiment(), hour(2))).toMatchObject({
      worse: [{ metric: 'clicks', arm: 'b', text: expect.stringContaining('significantly worse in clicks per viewer') }],
    });
  });
});
