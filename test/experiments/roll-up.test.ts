import { seeded } from '../../math/random.ts';
import { Measures } from '../../core/services.ts';
import { RollUp } from '../../plugins/experiments/results/roll-up/index.ts';
import type { Experiment } from '../../plugins/experiments/model.ts';
import { bootSite, plugins, storeFilms, storeList, storeUnits, type Site } from './site.ts';

const start = Date.UTC(2025, 2, 1, 12);
const hours = (n: number): Date => new Date(start + n * 3_600_000);

describe('the roll-up', () => {
  let site: Site, films: number[], experiment: Experiment, rollUp: RollUp;
  beforeAll(async () => {
    site = await bootSite(plugins);
    films = await storeFilms(site.sql, 30);
    rollUp = new RollUp(site.sql, site.host.find(Measures)!);
    const draft = await site.service.create(site.draft(), null);
    experiment = await site.service.launch(draft.id, { version: 1, operator: null, at: hours(0) });
  });
  afterAll(() => site.stop());

  const tables = { experiment_unit: 'experiment, phase, unit', experiment_value: 'experiment, phase, unit, metric, at', experiment_cap: 'metric' };
  const sums = {
    experiment_sum: 'metric, arm, stratum, at',
    experiment_entry: 'arm, stratum, standing, at',
    experiment_spread: 'metric, arm, total',
    experiment_age: 'metric, arm, day',
  };
  const stored = async () =>
    Promise.all(
      Object.entries({ ...tables, ...sums }).map(async ([table, key]) =>
        // Whether something came late is known only the first time.
        site.sql.rows(`select to_jsonb(t) - 'late' as row from ${table} t order by ${key}`),
      ),
    );
  const show = (unit: number, arm: string, at: Date, clicks: number[] = []) =>
    storeList(site.sql, experiment.id, films, { unit, arm, at, films: 10, clicks });
  const rate = (unit: number, at: Date, stars = 4, film = films[0]) =>
    site.sql.rows(
      'insert into rating (unit, film, stars, rated_at) values ($1, $2, $3, $4) on conflict (unit, film) do update set stars = excluded.stars',
      [unit, film, stars, at],
    );
  const of = (metric: string) =>
    site.sql.rows<{ arm: string; m: number; d: number; mm: number; md: number; a: number; ma: number }>(
      `select arm, ${['m', 'd', 'mm', 'md', 'a', 'ma'].map((name) => `sum(${name})::double precision as ${name}`).join(', ')}
      from experiment_sum s join experiment_metric x on x.id = s.metric where x.name = $1 group by arm order by arm`,
      [metric],
    );

  test('sums are those of whole units, over steps', async () => {
    const [a, b] = (await storeUnits(site.sql, 2)) as [number, number];
    await rate(a, hours(-24), 3, films[5]);
    await show(a, 'b', hours(1), [0, 3]);
    await show(a, 'b', hours(30), [1]);
    await show(b, 'b', hours(2));
    await rate(a, hours(3));
    await rate(b, hours(200), 5);
    expect(await rollUp.refresh()).toEqual({ counted: 2, waiting: 0 });
    expect(await of('ctr')).toEqual([{ arm: 'b', m: 3, d: 30, mm: 9, md: 60, a: 0, ma: 0 }]);
    // The viewer who rated once before rated once since: Σ a = 1, Σ m a = 1.
    expect(await of('ratings')).toEqual([{ arm: 'b', m: 2, d: 0, mm: 2, md: 0, a: 1, ma: 1 }]);
    expect(await site.sql.rows('select arm, stratum, units from experiment_entry order by stratum')).toEqual([
      { arm: 'b', stratum: '1 to 9', units: 1 },
      { arm: 'b', stratum: 'none', units: 1 },
    ]);
  });

  test('what did not change is not counted again, and counting all of it again changes nothing', async () => {
    const before = await stored();
    expect(await rollUp.refresh()).toEqual({ counted: 0, waiting: 0 });
    expect(await rollUp.refresh({ all: true })).toEqual({ counted: 2, waiting: 0 });
    expect(await stored()).toEqual(before);
  });

  test('however things are told, late or in pieces, the numbers are those of all of it at once', async () => {
    const random = seeded(3),
      units = await storeUnits(site.sql, 60);
    for (let round = 0; round < 6; round++) {
      for (const [i, unit] of units.entries()) {
        if (random() < 0.5) continue;
        const at = hours(random() * 24 * 8);
        const list = await show(unit, i % 2 ? 'b' : 'control', at, random() < 0.3 ? [0] : []);
        if (random() < 0.3)
          await site.sql.rows(
            `insert into outcome (list, film, kind, unit, position, algorithm, at) values ($1, $2, 'watched', $3, 0, 'svd', $4) on conflict do nothing`,
            [list, films[1], unit, new Date(at.getTime() + random() * 1e8)],
          );
        if (random() < 0.3) await rate(unit, hours(random() * 200 - 100), 1 + Math.floor(random() * 5), films[Math.floor(random() * 20)]);
        if (random() < 0.1) await site.sql.rows('delete from rating where unit = $1', [unit]);
      }
      await rollUp.refresh({ most: 17 });
    }
    await rollUp.refresh();
    const rolled = await stored();
    await site.sql.rows(
      'truncate experiment_unit, experiment_value, experiment_sum, experiment_entry, experiment_spread, experiment_age, experiment_cap, experiment_roll_up cascade',
    );
    await rollUp.refresh();
    const anew = await stored();
    expect(rolled[1]!.length).toBeGreaterThan(300);
    expect(anew).toEqual(rolled);
  });

  test('a visitor who becomes an account takes everything along', async () => {
    const [visitor, account] = (await storeUnits(site.sql, 2)) as [number, number];
    await show(visitor, 'b', hours(5), [2]);
    await show(account, 'b', hours(9));
    await rollUp.refresh();
    const seen = () => site.sql.rows('select unit, first_at, standing from experiment_unit where unit = any($1) order by unit', [[visitor, account]]);
    expect(await seen()).toHaveLength(2);
    for (const table of ['list_assignment', 'click']) await site.sql.rows(`update ${table} set unit = $2 where unit = $1`, [visitor, account]);
    await site.sql.rows('update served_list set unit = $2 where unit = $1', [visitor, account]);
    await rollUp.refresh();
    expect(await seen()).toEqual([{ unit: account, first_at: hours(5), standing: 'counted' }]);
    expect(await site.sql.rows('select unit from experiment_value where unit = $1', [visitor])).toEqual([]);
  });

  test('units of two arms, staff and simulated viewers are known, and not counted', async () => {
    const [crossed, staff, robot] = (await storeUnits(site.sql, 3)) as [number, number, number];
    await show(crossed, 'b', hours(5), [2]);
    await show(staff, 'b', hours(5), [2]);
    await show(robot, 'b', hours(5), [2]);
    await rollUp.refresh();
    const before = await of('ctr');
    await show(crossed, 'control', hours(6));
    await site.sql.rows('update unit set staff = true where id = $1', [staff]);
    await site.sql.rows('update unit set simulated = true where id = $1', [robot]);
    await rollUp.refresh({ roles: true });
    expect(await site.sql.rows('select standing, sum(units)::integer as units from experiment_entry group by 1 order by 1')).toEqual([
      { standing: 'counted', units: expect.any(Number) },
      { standing: 'crossed', units: 1 },
      { standing: 'simulated', units: 1 },
      { standing: 'staff', units: 1 },
    ]);
    expect((await of('ctr')).find(({ arm }) => arm === 'b')!.m).toBe(before.find(({ arm }) => arm === 'b')!.m - 3);
    expect(await rollUp.refresh({ roles: true })).toEqual({ counted: 0, waiting: 0 });
  });

  test('a viewer counts for “back within 7 days” when the seven days are over', async () => {
    const rows = await site.sql.rows<{ early: number }>(
      `select count(*)::integer as early from experiment_value v join experiment_metric x on x.id = v.metric join experiment_unit u using (experiment, phase, unit)
      where x.name = 'return-7-days' and (v.at <> experiment_step(u.first_at + interval '168 hours', $1) or not v.enters)`,
      [hours(0)],
    );
    expect(rows).toEqual([{ early: 0 }]);
  });

  test('a cap holds for the sum of a unit: the highest percent count no more than the 99th percentile', async () => {
    const [unit] = (await storeUnits(site.sql, 1)) as [number];
    await show(unit, 'control', hours(10));
    for (const [i, film] of films.slice(0, 25).entries()) await rate(unit, hours(11 + i), 4, film);
    await rollUp.refresh();
    const { cap, most } = (await site.sql.one<{ cap: number; most: number }>(
      `select cap, (select max(total) from (select sum(m) as total from experiment_value where metric = x.id group by unit) t) as most
      from experiment_cap join experiment_metric x on x.id = metric where x.name = 'ratings'`,
    ))!;
    expect(most).toBe(25);
    expect(cap).toBeLessThanOrEqual(25);
    const total = await site.sql.one<{ m: number }>(
      `select sum(s.m)::double precision as m from experiment_sum s join experiment_metric x on x.id = s.metric where x.name = 'ratings'`,
    );
    const byHand = await site.sql.one<{ m: number }>(
      `select sum(least(total, $1)) as m from (select sum(m) as total from experiment_value v join experiment_metric x on x.id = v.metric
       where x.name = 'ratings' group by unit) t`,
      [cap],
    );
    expect(total).toEqual(byHand);
  });

  test('a viewer who is erased leaves all sums as if they had never come', async () => {
    const [unit] = (await storeUnits(site.sql, 1)) as [number];
    await rollUp.refresh();
    const before = await stored();
    for (const at of [5, 20, 150]) await show(unit, 'b', hours(at), [0, 1]);
    await rate(unit, hours(30));
    await rollUp.refresh();
    expect(await stored()).not.toEqual(before);
    await site.sql.rows('delete from unit where id = $1', [unit]);
    // A cap moves when others are counted.
    await rollUp.refresh({ all: true });
    expect(await stored()).toEqual(before);
  });

  test('who has no patience gets what was counted so far while somebody else counts', async () => {
    const [unit] = (await storeUnits(site.sql, 1)) as [number];
    await show(unit, 'b', hours(7));
    await site.sql.transaction(async (tx) => {
      await tx.rows(`select pg_advisory_xact_lock(hashtext('experiments.roll-up'))`);
      expect(await rollUp.refresh({ patience: 20 })).toEqual({ counted: 0, waiting: 0 });
    });
    expect(await rollUp.refresh({ patience: 10_000 })).toEqual({ counted: 1, waiting: 0 });
  });
});
