import { seeded } from '../../math/random.ts';
import { allocate, FLOOR } from '../../plugins/experiments/bandit/allocate.ts';
import { cohortsOf } from '../../plugins/experiments/bandit/cohorts.ts';
import { RunningExperiments } from '../../plugins/experiments/assignment/running.ts';
import type { Sql } from '../../core/database/sql.ts';
import { silent } from '../../core/log.ts';
import { experimentWith, type Experiment } from '../../plugins/experiments/model.ts';
import { resultsGuards } from '../../plugins/experiments/steer/guards.ts';
import { bootSite, storeFilms, storeUnits, type Site } from './site.ts';

const start = Date.UTC(2025, 2, 1, 12);
const hours = (n: number): Date => new Date(start + n * 3_600_000);
/** clicks per film shown, planted */
const rates: Readonly<Record<string, number>> = { control: 0.1, b: 0.25, c: 0.1 };
const shown = 5;

/** Seeds are random and stay what they are; here the same viewers are to get the same arms in every run. */
const fixSeed = (sql: Sql, id: number): Promise<unknown> =>
  sql.transaction(async (tx) => {
    await tx.rows('alter table experiment disable trigger user');
    await tx.rows(`update experiment set seed = 'the same in every run' where id = $1`, [id]);
    await tx.rows('alter table experiment enable trigger user');
  });

describe('a bandit', () => {
  let site: Site, films: number[], experiment: Experiment, running: RunningExperiments, stop: () => void;
  const random = seeded(8);
  const now = async (): Promise<Experiment> => (await experimentWith(site.sql, experiment.id))!;
  const metric = () => site.measurement.definition('ctr');

  beforeAll(async () => {
    site = await bootSite();
    films = await storeFilms(site.sql, 30);
    const arms = [
      { key: 'control', share: 34, blend: site.house },
      { key: 'b', share: 33, blend: site.personal },
      { key: 'c', share: 33, blend: site.popular },
    ];
    const draft = await site.service.create(site.draft({ kind: 'bandit', arms }), null);
    await fixSeed(site.sql, draft.id);
    experiment = await site.service.launch(draft.id, { version: 1, operator: null, at: hours(0) });
    running = new RunningExperiments({
      sql: site.sql,
      models: { version: () => Promise.reject(new Error('none')) },
      here: { country: undefined },
      log: silent,
    });
    stop = await running.open(site.bus);
  });
  afterAll(async () => {
    stop();
    await site.stop();
  });

  /** Waits until this process heard of the new shares. */
  async function share(at: Date): Promise<boolean> {
    let heard = (): void => {};
    const told = new Promise<void>((resolve) => (heard = resolve)),
      undo = site.bus.on('experiments.unit', heard);
    const moved = await allocate(site.sql, site.bus, await now(), metric(), at);
    if (moved) await told;
    undo();
    await running.refresh();
    return moved;
  }

  const armOf = async (unit: number): Promise<string> => {
    const assign = await running.load(unit);
    return assign({ unit } as never, {} as never, hours(0))[0]!.arm;
  };
  /** So many new viewers, each shown one list in the arm that they are put in. @returns how many got each arm */
  async function visits(count: number, at: Date): Promise<Record<string, number>> {
    const units = await storeUnits(site.sql, count),
      got: Record<string, number> = { control: 0, b: 0, c: 0 },
      rows: object[] = [];
    const arms = await Promise.all(units.map(armOf));
    for (const [i, unit] of units.entries()) {
      const arm = arms[i]!;
      got[arm]!++;
      rows.push({ id: crypto.randomUUID(), unit, arm, clicks: Array.from({ length: shown }, (_, i) => i).filter(() => random() < rates[arm]!) });
    }
    await site.sql.rows(storeAll, [JSON.stringify(rows), experiment.id, films.slice(0, shown), at]);
    await site.measurement.refresh();
    return got;
  }

  test('shares out the first viewers as planned, and later ones by what was learned: the best arm gets most, none less than the floor', async () => {
    const first = await visits(400, hours(1));
    expect(Math.min(...Object.values(first))).toBeGreaterThan(100);
    expect(await share(hours(2))).toBe(true);
    const { arms } = await now();
    const given = (key: string): number => arms.find((arm) => arm.key === key)!.allocation!;
    expect(given('b')).toBeGreaterThan(Math.max(45, given('control'), given('c')));
    expect(Math.min(given('control'), given('c'))).toBeGreaterThanOrEqual(100 * FLOOR);
    expect(arms.reduce((sum, { allocation }) => sum + allocation!, 0)).toBeCloseTo(100, 6);
  });

  test('moves nobody who was shown an arm, and shares out new viewers by the new shares', async () => {
    const known = await site.sql.rows<{ unit: number; arm: string }>('select unit, arm from list_assignment order by unit limit 100');
    expect(await Promise.all(known.map(({ unit }) => armOf(unit)))).toEqual(known.map(({ arm }) => arm));
    const later = await visits(200, hours(3));
    const { arms } = await now();
    for (const { key, allocation } of arms) expect(Math.abs(later[key]! / 200 - allocation! / 100)).toBeLessThan(0.1);
  });

  test('waits until an epoch has viewers of every arm, whatever they did', async () => {
    const before = await site.sql.rows('select epoch from experiment_allocation');
    await site.sql.rows(
      `insert into experiment_allocation (experiment, phase, epoch, at, shares, best) select experiment, phase, epoch + 1, $1, shares, best
       from experiment_allocation order by epoch desc limit 1`,
      [hours(4)],
    );
    expect(await share(hours(5))).toBe(false);
    expect(await site.sql.rows('select epoch from experiment_allocation')).toHaveLength(before.length + 1);
  });

  test('finds the planted arm, with an interval from epochs of equal shares, and says so once its days are over', async () => {
    await visits(200, hours(24 * 4));
    const found = await site.measurement.bandit(await now(), hours(24 * 5));
    const b = found.arms.find(({ key }) => key === 'b')!;
    expect(b.best).toBeGreaterThan(0.99);
    expect(b.effect!.interval[0]).toBeGreaterThan(0);
    expect(b.effect!.interval[0]).toBeLessThan(rates['b']! - rates['control']!);
    expect(b.effect!.interval[1]).toBeGreaterThan(rates['b']! - rates['control']!);
    expect(found.allocations.length).toBeGreaterThanOrEqual(2);
    expect(found.verdict).toMatchObject({ action: 'ship', arm: 'b' });
    expect((await site.measurement.results(await now(), hours(24))).verdict).toMatchObject({ kind: 'early', action: 'wait' });
  });

  test('an arm that breaks a guardrail is not shipped, however much it is clicked on, and the site takes the arms back', async () => {
    const guarded = { ...(await now()), guardrails: [{ metric: 'conversion', margin: 0.05 }] };
    expect((await site.measurement.bandit(guarded, hours(24 * 5))).verdict).toMatchObject({
      action: 'ship',
      arm: 'b',
      text: expect.stringContaining('cannot be told yet'),
    });
    // Of b every tenth viewer has a success, of the others every second one: in each epoch, whatever the shares were.
    await site.sql.rows(
      `insert into outcome (list, film, kind, unit, position, algorithm, at) select l.id, l.films[1], 'watched', l.unit, 0, 'svd', l.served_at
       from (select a.arm, l.*, row_number() over (partition by a.arm, l.served_at order by l.unit) as n from list_assignment a join served_list l on l.id = a.list) l
       where n % (case when arm = 'b' then 10 else 2 end) = 0`,
    );
    const { verdict, guardrails, arms } = await site.measurement.bandit(guarded, hours(24 * 5));
    expect(verdict).toMatchObject({ kind: 'bad', action: 'keep', title: 'Stop: keep “House”' });
    expect(verdict.text).toMatch(/^“Personal” has the most clicks per film shown .* “Personal” breaks the guardrail “Success within 72 hours”/);
    expect(guardrails[0]!.arms.map(({ key, says }) => [key, says])).toEqual([
      ['control', 'open'],
      ['b', 'worse'],
      ['c', 'open'],
    ]);
    const [control, b] = guardrails[0]!.arms,
      { low, high, effect } = b!.relative!;
    expect(effect).toBeGreaterThan(-0.9);
    expect(effect).toBeLessThan(-0.7);
    expect([low, high].map((one) => one * control!.value!)).toEqual([b!.absolute!.low, b!.absolute!.high].map((one) => expect.closeTo(one, 10)));
    expect(arms.find(({ key }) => key === 'b')!.best).toBeGreaterThan(0.99);
    const { worse } = await resultsGuards(site.measurement).of(guarded, hours(24 * 5));
    expect(worse).toMatchObject([{ metric: 'conversion', arm: 'b' }]);
  });

  test('who came less than a week ago does not count yet for “back within 7 days”', async () => {
    await visits(5, new Date());
    const counted = async (metric: string): Promise<number> => {
      const cohorts = await cohortsOf(site.sql, await now(), site.measurement.definition(metric));
      return [...cohorts.values()].flatMap((arms) => [...arms.values()]).reduce((sum, { n }) => sum + n, 0);
    };
    expect((await counted('ctr')) - (await counted('return-7-days'))).toBe(5);
  });

  test('a group with enough viewers of both arms can stand out, with the correction for all groups', async () => {
    const { groups } = await site.measurement.breakdown(await now(), 'ctr', 'returning', hours(24 * 6)),
      [control, b] = groups.find(({ name }) => name === 'new')!.arms;
    expect([control!.corrected, control!.units >= 100, b!.units >= 100]).toEqual([null, true, true]);
    expect(b!.corrected).toBeLessThan(0.01);
    expect(b!.corrected).toBeGreaterThan(b!.relative!.pValue!);
  });

  test('what was given cannot be changed afterwards', async () => {
    await expect(site.sql.rows('update experiment_allocation set epoch = 9')).rejects.toThrow(/append-only/);
  });
});

const storeAll = `with row as (select * from jsonb_to_recordset($1::jsonb) as r (id uuid, unit integer, arm text, clicks integer[])), list as (
  insert into served_list (id, unit, surface, blend_version, films, algorithms, served_at)
  select id, unit, 'home', (select min(id) from blend_version), $3::integer[], array_fill('svd'::text, array[cardinality($3::integer[])]), $4::timestamptz from row returning id
), assigned as (
  insert into list_assignment (list, experiment, arm, unit, served_at) select id, $2, arm, unit, $4 from row join list using (id)
)
insert into click (list, position, film, unit, at) select id, position, ($3::integer[])[position + 1], unit, $4 from row join list using (id), unnest(clicks) as position`;
