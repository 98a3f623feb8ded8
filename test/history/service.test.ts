import { History, Rated, type HistoryService } from '../../plugins/history/api.ts';
import { UnitsMerged } from '../../plugins/accounts/api.ts';
import { Histories } from '../../core/services.ts';
import { on } from '../../core/plugin.ts';
import { ratings } from '../../plugins/history/training.ts';
import { seedHistory } from '../../plugins/history/seed-history.ts';
import { bootSite, type Site } from './site.ts';

const at = (day: number): Date => new Date(Date.UTC(2025, 0, day));

describe('history', () => {
  let site: Site, history: HistoryService, a: number, b: number, c: number;
  beforeAll(async () => {
    site = await bootSite();
    history = site.host.find(History)!;
    [a, b, c] = site.films as [number, number, number];
  });
  afterAll(() => site.stop());

  test('keeps one rating a film, the last one, and tells of each', async () => {
    const [unit] = await site.units(1),
      heard: unknown[] = [];
    const stop = site.events.subscribe(on(Rated, (rated) => void heard.push(rated)));
    await history.rate(unit!, a, '3.5', at(1));
    await history.rate(unit!, a, 4, at(2));
    await site.events.settled();
    stop();
    expect(await site.sql.rows('select stars, rated_at from rating where unit = $1', [unit])).toEqual([{ stars: 4, rated_at: at(2) }]);
    expect(heard).toEqual([
      { unit, film: a, stars: 3.5, at: at(1) },
      { unit, film: a, stars: 4, at: at(2) },
    ]);
  });

  test.each([0, 5.5, 3.3, Number.NaN, 'NaN', '', ' ', 'abc', undefined, null, true, ['4'], '1e400'])('refuses %p stars with 422', async (stars) => {
    const [unit] = await site.units(1);
    await expect(history.rate(unit!, a, stars, at(1))).rejects.toMatchObject({ status: 422, fields: { stars: expect.stringMatching(/Choose/) } });
    expect(await history.of(unit!, [a])).toEqual(new Map());
  });

  test('does not know hidden and unknown films, but lets go of what is on a hidden one', async () => {
    const [unit] = await site.units(1);
    for (const film of [site.hidden, 999_999]) await expect(history.rate(unit!, film, 4, at(1))).rejects.toMatchObject({ status: 404 });
    await expect(history.watch(unit!, site.hidden, at(1))).rejects.toMatchObject({ status: 404 });
    await expect(history.unrate(unit!, 999_999)).rejects.toMatchObject({ status: 404 });
    await expect(history.undismiss(unit!, site.hidden)).resolves.toBeUndefined();
  });

  test('gives marks by film and ratings newest first', async () => {
    const [unit, other] = await site.units(2);
    await history.rate(unit!, a, 2, at(1));
    await history.rate(unit!, b, 5, at(3));
    await history.rate(other!, c, 1, at(2));
    await history.watch(unit!, b, at(3));
    await history.dismiss(unit!, c, at(3));
    expect(await history.of(unit!, [a, b, c, site.hidden])).toEqual(
      new Map([
        [a, { stars: 2, watched: false, dismissed: false }],
        [b, { stars: 5, watched: true, dismissed: false }],
        [c, { stars: null, watched: false, dismissed: true }],
      ]),
    );
    expect((await history.ratings([unit!, other!], { limit: 2 })).map(({ film }) => film)).toEqual([b, c]);
    expect((await history.ratings([unit!, other!], { limit: 2, offset: 2 })).map(({ film }) => film)).toEqual([a]);
    await history.unrate(unit!, b);
    await history.unwatch(unit!, b);
    await history.undismiss(unit!, c);
    expect(await history.of(unit!, [a, b, c])).toEqual(new Map([[a, { stars: 2, watched: false, dismissed: false }]]));
  });

  test('is read for the recommender in one statement', async () => {
    const [unit, nobody] = await site.units(2);
    await history.rate(unit!, a, 4.5, at(1));
    await history.watch(unit!, a, at(1));
    await history.watch(unit!, b, at(1));
    await history.dismiss(unit!, c, at(1));
    const read = await site.host.find(Histories)!.of(unit!);
    expect(read.films.toSorted((x, y) => x.film - y.film)).toEqual([
      { film: a, stars: 4.5, at: at(1).getTime() / 1000 },
      { film: b, stars: null, at: at(1).getTime() / 1000 },
    ]);
    expect(read.dismissed).toEqual([c]);
    expect(await site.host.find(Histories)!.of(nobody!)).toEqual({ films: [], dismissed: [] });
  });

  test('merges a visitor into an account: the newer mark stays, and a second time changes nothing', async () => {
    const [from, into] = await site.units(2);
    await history.rate(from!, a, 1, at(5));
    await history.rate(into!, a, 5, at(4));
    await history.rate(from!, b, 2, at(1));
    await history.rate(into!, b, 3, at(2));
    await history.watch(from!, c, at(1));
    await history.dismiss(from!, b, at(1));
    for (let i = 0; i < 2; i++) {
      site.events.publish(UnitsMerged, { from: from!, into: into! });
      await site.events.settled();
    }
    expect(await history.of(from!, [a, b, c])).toEqual(new Map());
    expect(await history.of(into!, [a, b, c])).toEqual(
      new Map([
        [a, { stars: 1, watched: false, dismissed: false }],
        [b, { stars: 3, watched: false, dismissed: true }],
        [c, { stars: null, watched: true, dismissed: false }],
      ]),
    );
  });

  test('streams every rating once to training, over several batches', async () => {
    await site.sql.rows('truncate rating');
    const units = await site.units(9_000);
    await site.sql.rows(
      `insert into rating (unit, film, stars, rated_at)
      select u, f.id, 0.5 + ((u + f.id) % 10) / 2.0, to_timestamp(1000000000 + u) from unnest($1::integer[]) u, film f`,
      [units],
    );
    const seen = new Set<string>();
    let batches = 0;
    for await (const { unit, film, stars, at: times } of ratings(site.sql)) {
      batches++;
      for (let i = 0; i < unit.length; i++) {
        seen.add(`${unit[i]} ${film[i]}`);
        if (stars[i] !== 0.5 + ((unit[i]! + film[i]!) % 10) / 2 || times[i] !== 1e9 + unit[i]!)
          throw new Error(`rating ${i} of batch ${batches} is wrong`);
      }
    }
    expect(seen.size).toBe(9_000 * site.films.length);
    expect(batches).toBe(3);
    await site.sql.rows('truncate rating');
    expect((await ratings(site.sql).next()).done).toBe(true);
  });

  test('stores simulated ratings once, at the right films and times', async () => {
    await site.sql.rows('truncate rating');
    const units = await site.units(3),
      reports: number[] = [];
    const simulated = {
      viewers: [],
      viewer: Int32Array.of(0, 1, 1),
      film: Int32Array.of(0, 1, 2),
      stars: Float32Array.of(4, 0.5, 5),
      ago: Float64Array.of(10, 3600, 86_400),
    };
    const parts = { history: simulated, units, favouritesOf: units[2]!, now: at(10), progress: (done: number) => void reports.push(done) };
    expect(await seedHistory(site.sql, parts)).toBe(3);
    expect(await seedHistory(site.sql, parts)).toBe(0);
    expect(await history.ratings(units, { limit: 10 })).toEqual([
      { unit: units[0], film: a, stars: 4, at: new Date(at(10).getTime() - 10_000) },
      { unit: units[1], film: b, stars: 0.5, at: new Date(at(10).getTime() - 3_600_000) },
      { unit: units[1], film: c, stars: 5, at: at(9) },
    ]);
    expect(reports).toEqual([1, 1]);
  });
});
