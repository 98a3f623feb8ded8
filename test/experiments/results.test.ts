import { seeded } from '../../math/random.ts';
import { Measures } from '../../core/services.ts';
import type { Experiment } from '../../plugins/experiments/model.ts';
import { breakdownOf } from '../../plugins/experiments/results/breakdown.ts';
import type { Results } from '../../plugins/experiments/results/results.ts';
import type { Lift } from '../../plugins/experiments/results/effects.ts';
import { relativeLift } from '../../plugins/experiments/statistics/lift.ts';
import { estimate } from '../../plugins/experiments/statistics/estimate.ts';
import { proportionMoments, ratioMoments } from '../../plugins/experiments/statistics/moments.ts';
import { bootSite, storeFilms, storeList, storeUnits, type ListRow, type Site } from './site.ts';

type Metric = 'ctr' | 'conversion';

const start = Date.UTC(2025, 2, 1, 12);
const hours = (n: number): Date => new Date(start + n * 3_600_000);

describe('results', () => {
  let site: Site, films: number[], last: Experiment | undefined;
  beforeAll(async () => {
    site = await bootSite();
    films = await storeFilms(site.sql, 30);
  });
  afterAll(() => site.stop());

  const launch = async (over: object = {}) => {
    if (last) await site.service.stop(last.id, { decision: 'keep', reason: 'x' }, { version: 2, operator: null, at: hours(2000) });
    const draft = await site.service.create(site.draft(over), null);
    return (last = await site.service.launch(draft.id, { version: 1, operator: null, at: hours(0) }));
  };
  const show = (row: ListRow) => storeList(site.sql, last!.id, films, row);
  const succeed = (list: string, unit: number, at: Date, kind = 'watched', film = films[0]) =>
    site.sql.rows(`insert into outcome (list, film, kind, unit, position, algorithm, at) values ($1, $2, $3, $4, 0, 'svd', $5)`, [
      list,
      film,
      kind,
      unit,
      at,
    ]);
  const results = (now = hours(24 * 7)): Promise<Results> => site.measurement.results(last!, now);
  const arm = (found: Results, key: string) => {
    const figures = (id: Metric) => found.metrics.find((metric) => metric.id === id)!.arms.find((one) => one.key === key)!;
    const metrics = Object.fromEntries((['ctr', 'conversion'] as const).map((id) => [id, { value: figures(id).value, lift: figures(id).relative }]));
    const viewers = figures('conversion').units;
    return {
      ...found.arms.find((one) => one.key === key)!,
      converted: Math.round((figures('conversion').value ?? 0) * viewers),
      metrics: metrics as Record<Metric, { value: number | null; lift: Lift | null }>,
    };
  };
  const check = ({ health }: Results, id: string) => health.find((one) => one.id === id)!;

  test('nobody yet: says what to do next', async () => {
    await launch();
    const found = await results();
    const { verdict, course, viewers } = found;
    expect(verdict).toMatchObject({ kind: 'empty', text: expect.stringContaining('npm run simulate') });
    expect(viewers).toBe(0);
    expect(arm(found, 'control')).toMatchObject({ viewers: 0, clicks: 0, metrics: { ctr: { value: null, lift: null } } });
    expect(course!.at).toEqual([]);
  });

  test('a case small enough to count by hand', async () => {
    await launch();
    const [a, b, c, d] = (await storeUnits(site.sql, 4)) as [number, number, number, number];
    const first = await show({ unit: a, arm: 'control', at: hours(1), films: 10, clicks: [0, 3] });
    await show({ unit: a, arm: 'control', at: hours(2), films: 10, clicks: [1] });
    await show({ unit: b, arm: 'control', at: hours(1), films: 20 });
    const lucky = await show({ unit: c, arm: 'b', at: hours(3), films: 10, clicks: [0, 1, 2, 3] });
    await show({ unit: d, arm: 'b', at: hours(5), films: 10, clicks: [9] });
    await succeed(first, a, hours(72));
    await succeed(first, a, hours(73), 'rating');
    await succeed(lucky, c, hours(3 + 72));
    const found = await results();
    expect(arm(found, 'control')).toMatchObject({ viewers: 2, impressions: 40, clicks: 3, converted: 1 });
    expect(arm(found, 'control').metrics.ctr.value).toBeCloseTo(3 / 40, 12);
    // 72 hours to the second is too late.
    expect(arm(found, 'b')).toMatchObject({ viewers: 2, impressions: 20, clicks: 5, converted: 0 });
    expect(arm(found, 'b').metrics.ctr.value).toBeCloseTo(0.25, 12);
    // (.25 − .075) / .075
    expect(arm(found, 'b').metrics.ctr.lift!.effect).toBeCloseTo(7 / 3, 12);
    // Control: clicks 3, 0 and films 20, 20 → variance of one viewer 4.5 / 20² = .01125; b: clicks 4, 1 of 10, 10 → 4.5 / 10² = .045.
    const error = Math.sqrt(0.045 / (0.075 ** 2 * 2) + (0.01125 * 0.25 ** 2) / (0.075 ** 4 * 2));
    const t = estimate(
      ratioMoments([
        [3, 20],
        [0, 20],
      ]),
    ).variance;
    expect(t).toBeCloseTo(0.01125, 12);
    const { low, high, effect } = arm(found, 'b').metrics.ctr.lift!;
    expect((high - low) / 2 / error).toBeGreaterThan(1.96);
    expect((low + high) / 2).toBeCloseTo(effect, 9);
  });

  test('agrees with the statistics module on whole viewers, however their lists are spread over time', async () => {
    await launch();
    const random = seeded(7),
      units = await storeUnits(site.sql, 40);
    const known = new Map(units.map((unit) => [unit, { arm: random() < 0.5 ? 'control' : 'b', clicks: 0, films: 0, won: false }]));
    for (const [unit, one] of known) {
      for (let list = 1 + Math.floor(random() * 6); list > 0; list--) {
        const shown = 5 + Math.floor(random() * 20);
        const clicks = Array.from({ length: shown }, (_, i) => i).filter(() => random() < 0.2);
        const at = hours(random() * 24 * 6),
          id = await show({ unit, arm: one.arm, at, films: shown, clicks });
        one.films += shown;
        one.clicks += clicks.length;
        if (one.won || random() > 0.2) continue;
        const { first } = (await site.sql.one<{ first: Date }>('select min(served_at) as first from list_assignment where unit = $1', [unit]))!;
        if (at.getTime() - first.getTime() < 71 * 3_600_000) {
          one.won = true;
          await succeed(id, unit, at);
        }
      }
    }
    // A list stored later may have made the first exposure earlier: what was a success in time may be none.
    const late = await site.sql.rows<{
      unit: number;
    }>(`select o.unit from outcome o join (select unit, min(served_at) as first from list_assignment group by unit) f
      using (unit) where o.at >= f.first + interval '72 hours'`);
    for (const { unit } of late) if (known.has(unit)) known.get(unit)!.won = false;
    const found = await results();
    const of = (key: string) => [...known.values()].filter((one) => one.arm === key);
    const moments = (key: string) => ({
      ctr: ratioMoments(of(key).map(({ clicks, films: shown }) => [clicks, shown] as const)),
      conversion: proportionMoments(of(key).map(({ won }) => won)),
    });
    for (const metric of ['ctr', 'conversion'] as Metric[]) {
      const lift = relativeLift(moments('control')[metric], moments('b')[metric])!;
      expect(arm(found, 'b').metrics[metric].value).toBeCloseTo(estimate(moments('b')[metric]).value, 10);
      expect(arm(found, 'b').metrics[metric].lift!.effect).toBeCloseTo(lift.effect, 9);
      expect(arm(found, 'b').metrics[metric].lift!.low).toBeCloseTo(lift.interval[0], 9);
      expect(arm(found, 'b').metrics[metric].lift!.pValue).toBeCloseTo(lift.pValue, 9);
      // The last point of the course is the result.
      const course = await site.measurement.course(last!, metric, hours(24 * 7));
      expect(course.arms[1]!.lifts.at(-1)).toEqual(arm(found, 'b').metrics[metric].lift);
      expect(course.arms[1]!.units.at(-1)).toBe(arm(found, 'b').viewers);
    }
    expect(found.course).toMatchObject({ step: 'day', at: { length: found.course!.arms[1]!.lifts.length } });
    expect(check(found, 'split').level).toBe('ok');
  });

  test('groups by strata come from their sums, others from the viewers, and both say the same', async () => {
    const units = (await site.sql.rows<{ unit: number }>('select unit from experiment_unit where experiment = $1 order by unit', [last!.id])).map(
      ({ unit }) => unit,
    );
    const rate = (unit: number, film: number, at: Date) =>
      site.sql.rows('insert into rating (unit, film, stars, rated_at) values ($1, $2, 4, $3)', [unit, films[film], at]);
    for (const [i, unit] of units.entries()) {
      if (i % 3 > 0) await rate(unit, 0, hours(-50));
      for (let film = 1; film <= i % 4; film++) await rate(unit, film, hours(24 * 6 + film));
      // Who came back less than a week ago may still come back: nobody counts for the metric yet.
      await show({ unit, arm: i % 2 ? 'b' : 'control', at: hours(24 * 6.5), films: 3 });
    }
    const now = hours(24 * 6.9),
      facts = await site.measurement.results(last!, now).then(() => site.measurement.facts(last!, now));
    const { stratifies, ...plain } = site.host.find(Measures)!.segments.find(({ id }) => id === 'ratings')!;
    for (const id of ['ctr', 'conversion', 'ratings', 'return-7-days']) {
      const metric = site.measurement.definition(id),
        fromSums = await breakdownOf(site.sql, metric, { ...plain, stratifies: true }, facts);
      expect(fromSums.groups.map(({ name }) => name).sort()).toEqual(['1 to 9', 'none']);
      expect(await breakdownOf(site.sql, metric, plain, facts)).toEqual(fromSums);
      if (id === 'return-7-days') expect(fromSums.groups.flatMap(({ arms }) => arms.map((one) => one.value))).toEqual([null, null, null, null]);
    }
    expect(stratifies).toBe(true);
  });

  test('the course goes by the hour while it is short', async () => {
    await launch();
    const [a, b] = (await storeUnits(site.sql, 2)) as [number, number];
    await show({ unit: a, arm: 'control', at: hours(0.5), films: 10, clicks: [0] });
    await show({ unit: b, arm: 'b', at: hours(3.5), films: 10, clicks: [0] });
    const { course, verdict } = await results(hours(4));
    expect(course).toMatchObject({ step: 'hour', at: [hours(0), hours(1), hours(2), hours(3)] });
    expect(verdict.kind).toBe('open');
  });

  test('operators and viewers of two arms are left out; simulated ones are named', async () => {
    await launch({ includeSimulated: true });
    const [staff] = await storeUnits(site.sql, 1, { staff: true }),
      [robot] = await storeUnits(site.sql, 1, { simulated: true });
    const [person, crossed] = await storeUnits(site.sql, 2);
    for (const unit of [staff!, robot!, person!]) await show({ unit, arm: 'control', at: hours(1), films: 10 });
    await show({ unit: crossed!, arm: 'control', at: hours(1), films: 10, clicks: [1] });
    await show({ unit: crossed!, arm: 'b', at: hours(2), films: 10, clicks: [1] });
    const found = await results();
    expect(found.arms.map(({ viewers, simulated, clicks }) => ({ viewers, simulated, clicks }))).toEqual([
      { viewers: 2, simulated: 1, clicks: 0 },
      { viewers: 0, simulated: 0, clicks: 0 },
    ]);
    expect(check(found, 'crossed')).toMatchObject({ level: 'ok', text: expect.stringMatching(/^1 viewer .* is left out/) });
    expect(check(found, 'leak')).toMatchObject({
      level: 'warn',
      text: expect.stringMatching(/1 of 2 viewers \(50.0 %\) are simulated.*Left out: 1 of the staff/),
    });
  });

  test('a planted sample-ratio mismatch raises the alarm, and the verdict says nothing else', async () => {
    await launch();
    const units = await storeUnits(site.sql, 100);
    for (const [i, unit] of units.entries())
      await show({ unit, arm: i < 75 ? 'control' : 'b', at: hours(i), films: 5, clicks: i % 3 === 0 ? [0] : [] });
    const found = await results();
    // χ² = 25, one degree of freedom: p = 5.7e-7
    expect(check(found, 'split')).toMatchObject({ level: 'alarm', text: expect.stringMatching(/75 in “House” and 25 in “Personal”.*p = 5.7e-7/) });
    expect(found.verdict).toMatchObject({ kind: 'broken', title: 'Do not trust these numbers', text: expect.stringContaining('new experiment') });
  });

  test('simulated viewers who came before the launch count by their own clock', async () => {
    await launch({ includeSimulated: true });
    const [unit] = await storeUnits(site.sql, 1, { simulated: true });
    await show({ unit: unit!, arm: 'control', at: hours(-24 * 7), films: 10 });
    // Steps before the launch are days, so it counts from the midnight before noon.
    expect((await results(hours(1))).days).toBeCloseTo(7.5 + 1 / 24, 6);
  });
});
