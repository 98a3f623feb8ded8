import { normal, seeded } from '../../math/random.ts';
import { clickModel, shown as shownOf } from '../../plugins/experiments/expected-lift/click-model.ts';
import { judge } from '../../plugins/experiments/expected-lift/judge.ts';
import { retraced, type LoggedList, type PreparedList } from '../../plugins/experiments/expected-lift/logged.ts';
import { ranksBy } from '../../plugins/experiments/expected-lift/order.ts';
import { costOfChance, placeChances } from '../../math/plackett-luce.ts';
import type { ExpectedLift } from '../../plugins/experiments/expected-lift/result.ts';
import { explore } from '../../recommend/exploration.ts';
import { bootSite, storeFilms, storeUnits, type Site } from './site.ts';

const poolSize = 20,
  shown = 5,
  chance = { temperature: 0.6, from: 0 },
  mix = (weights: Record<string, number>) => ({ weights, normalisation: 'standard' as const, newcomers: null }),
  logged = mix({ popularity: 1, svd: 1 }),
  taste = mix({ popularity: 0.2, svd: 1 });
const looked = [0.5, 0.4, 0.3, 0.25, 0.2];
/** What is liked hangs on the second score, so that more of it is better. */
const clickRate = (score: number, place: number): number => looked[place]! / (1 + Math.exp(1 - score));

/** A viewer's list by the logged blend, drawn by chance, and the clicks of somebody who behaves as planted. */
function simulate(unit: number, random: () => number, ids = Array.from({ length: poolSize }, (_, i) => i)): LoggedList {
  const films = ids
    .map((film) => ({ film, popularity: normal(random), svd: normal(random) }))
    .sort((a, b) => b.popularity + b.svd - a.popularity - a.svd);
  const drawn = explore(
      films.map((_, i) => i),
      chance,
      random() * 2 ** 32,
    ),
    places = drawn.films.slice(0, shown);
  return {
    unit,
    temperature: chance.temperature,
    fixed: 0,
    pool: films.map(({ film }) => film),
    blended: films.map(({ popularity, svd }) => (popularity + svd) / 2),
    scores: { popularity: films.map(({ popularity }) => popularity), svd: films.map(({ svd }) => svd) },
    films: places.map((i) => films[i]!.film),
    propensities: places.map((i) => drawn.propensities.get(i)!),
    rewarded: places.flatMap((i, place) => (random() < clickRate(films[i]!.svd, place) ? [place] : [])),
    spec: logged,
  };
}

const prepared = (list: LoggedList): PreparedList => ({ ...list, shown: shownOf(list) });

/** Clicks per film shown in lists by other weights, drawn anew: nothing of the estimators is in it. */
function truth(by: typeof taste): number {
  const random = seeded(99);
  let [sum, times] = [0, 5_000];
  for (let i = 0; i < times; i++) {
    const list = simulate(i, random),
      ranks = ranksBy(list, by),
      order = ranks.map((_, film) => film).sort((a, b) => ranks[a]! - ranks[b]!);
    const { films } = explore(order, chance, random() * 2 ** 32);
    for (const [place, film] of films.slice(0, shown).entries()) sum += clickRate(list.scores['svd']![film]!, place);
  }
  return sum / times / shown;
}

test('chances of places agree with what is drawn, and add up', () => {
  const chances = placeChances(6, 3, 0.5),
    counts = chances.map((of) => Array.from(of, () => 0)),
    draws = 20_000;
  for (let seed = 0; seed < draws; seed++)
    for (const [place, film] of explore([0, 1, 2, 3, 4, 5], { temperature: 0.5, from: 0 }, seed * 7919)
      .films.slice(0, 3)
      .entries())
      counts[film]![place]!++;
  for (const place of [0, 1, 2]) {
    expect(chances.reduce((sum, of) => sum + of[place]!, 0)).toBeCloseTo(1, 6);
    for (const [rank, of] of chances.entries()) expect(Math.abs(counts[rank]![place]! / draws - of[place]!)).toBeLessThan(0.015);
  }
  const worths = [1, 2, 3, 4, 5, 6].map((rank) => rank ** -2);
  expect(chances[1]![0]).toBeCloseTo(worths[1]! / worths.reduce((a, b) => a + b), 6);
});

test('what chance costs is the mean score that drawn lists give up', () => {
  const scores = [3, 2.5, 2, 1, 0.5, 0, -1],
    draws = 20_000,
    { asIs, drawn } = costOfChance(scores, 4, { temperature: 0.7, from: 1 });
  let sum = 0;
  for (let seed = 0; seed < draws; seed++)
    for (const film of explore([0, 1, 2, 3, 4, 5, 6], { temperature: 0.7, from: 1 }, seed * 104_729).films.slice(0, 4)) sum += scores[film]! / 4;
  expect(asIs).toBeCloseTo(8.5 / 4, 10);
  expect(Math.abs(drawn - sum / draws)).toBeLessThan(0.015);
  expect(costOfChance(scores, 4, { temperature: 1e-6, from: 0 }).drawn).toBeCloseTo(8.5 / 4, 4);
});

test('the same weights give the same order, and every list can be retraced', () => {
  const random = seeded(1);
  for (let unit = 0; unit < 50; unit++) {
    const list = simulate(unit, random);
    expect(ranksBy(list, logged)).toEqual(list.pool.map((_, i) => i));
    expect(retraced(list)).toBe(true);
    expect(retraced({ ...list, films: list.films.toReversed() })).toBe(false);
  }
});

test('intervals cover what other weights really get, and the estimate is right on average', async () => {
  const real = truth(taste),
    lift = real / truth(logged) - 1,
    runs = 30,
    covered = { ips: 0, snips: 0, doublyRobust: 0, lift: 0 },
    by = { ips: 0, doublyRobust: 0 };
  let [mean, meanLift] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const random = seeded(1000 + run),
      lists = Array.from({ length: 400 }, (_, i) => prepared(simulate(Math.floor(i / 2), random)));
    const { estimates, effective } = await judge(lists, taste, await clickModel(lists), 0.05);
    expect(effective).toBeGreaterThan(100);
    for (const name of ['ips', 'snips', 'doublyRobust'] as const) {
      const { interval } = estimates![name];
      covered[name] += Number(interval[0] <= real && real <= interval[1]);
    }
    const { lift: found } = estimates!;
    covered.lift += Number(found.interval[0] <= lift && lift <= found.interval[1]);
    by[found.by]++;
    mean += estimates!.doublyRobust.value / runs;
    meanLift += found.value / runs;
  }
  expect(mean / real).toBeCloseTo(1, 1);
  expect(Math.abs(meanLift - lift)).toBeLessThan(0.03);
  // The click model explains much of what is clicked here, so that the estimate that uses it is the narrower one.
  expect(by.doublyRobust).toBeGreaterThan(by.ips);
  // 95 % of 30 are 28 or 29; fewer than 25 come about by chance once in three hundred times.
  for (const times of Object.values(covered)) expect(times).toBeGreaterThanOrEqual(25);
});

describe('a draft', () => {
  let site: Site, path: string;
  const answer = async (): Promise<ExpectedLift> => (await (await site.signedIn('manager')).agent.get(path)).body as ExpectedLift;
  beforeAll(async () => {
    site = await bootSite();
    const draft = await site.service.create(site.draft(), null);
    path = `/admin/data/experiments/experiments/${draft.id}/expected-lift`;
  });
  afterAll(() => site.stop());

  test('is told how to turn exploration on where there are no logged lists', async () => {
    const { arms, served, lists } = await answer();
    expect({ served, lists }).toEqual({ served: null, lists: 0 });
    for (const { estimates, text } of arms) expect([estimates, text]).toEqual([null, expect.stringContaining('Turn exploration on')]);
  });

  test('gets what its arms would, from the logged lists of the control’s blend', async () => {
    const films = await storeFilms(site.sql, poolSize),
      random = seeded(5),
      units = await storeUnits(site.sql, 400);
    const [staff] = (await storeUnits(site.sql, 1, { staff: true })) as [number];
    const rows = [...units, staff].map((unit) => ({ id: crypto.randomUUID(), ...simulate(unit, random, films) }));
    await site.sql.rows(storeLogged, [JSON.stringify(rows), site.house]);
    const { arms, ...found } = await answer();
    expect(found).toMatchObject({ blend: 'House', reward: 'clicks', lists: 400, viewers: 400, decisions: 2000, leftOut: 0 });
    const [same, personal] = arms as [ExpectedLift['arms'][0], ExpectedLift['arms'][0]];
    expect(same.estimates!.lift.value).toBeCloseTo(0, 6);
    expect(found.cost).toBeGreaterThan(-0.1);
    expect(found.cost).toBeLessThan(0.3);
    const own = rows.slice(0, -1).map(prepared),
      { estimates } = await judge(own, mix({ svd: 1 }), await clickModel(own), 0.05);
    for (const name of ['ips', 'snips', 'doublyRobust', 'lift'] as const)
      expect(personal.estimates![name].interval[0]).toBeCloseTo(estimates![name].interval[0], 3);
    expect(personal.text).toContain('Expected change');
  });
});

const storeLogged = `with row as (
  select * from jsonb_to_recordset($1::jsonb) as r (id uuid, unit integer, temperature real, fixed smallint, pool integer[], blended real[], scores jsonb,
    films integer[], propensities real[], rewarded integer[])
), list as (
  insert into served_list (id, unit, surface, blend_version, films, algorithms, propensities, served_at)
  select id, unit, 'home.for-you', (select min(id) from blend_version where blend = $2), films, array_fill('svd'::text, array[cardinality(films)]), propensities, now()
  from row returning id
), log as (
  insert into exploration_log (list, temperature, fixed, pool, blended, scores, served_at)
  select id, temperature, fixed, pool, blended, scores, now() from row join list using (id)
)
insert into click (list, position, film, unit, at) select id, place, films[place + 1], unit, now() from row join list using (id), unnest(rewarded) as place`;
