import express from 'express';
import request from 'supertest';
import { failures } from '../../core/http/failures.ts';
import { silent } from '../../core/log.ts';
import { Tracking } from '../../plugins/tracking/api.ts';
import { click } from '../../plugins/tracking/clicks.ts';
import { attribute } from '../../plugins/tracking/outcomes.ts';
import { performance } from '../../plugins/tracking/performance.ts';
import { bootSite, type Site } from '../history/site.ts';
import { listOf } from './lists.ts';

const now = new Date(Date.UTC(2024, 3, 10, 15, 30));
const before = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);

describe('live performance', () => {
  let site: Site, blend: number;
  beforeAll(async () => {
    site = await bootSite();
    blend = (await site.blends.create('Even', { weights: { svd: 1 } }, null)).id;
  });
  afterAll(() => site.stop());
  beforeEach(() => site.sql.rows('truncate served_list, shown_hour cascade'));

  test('counts films, clicks and successes by algorithm and by blend, without operators and other times', async () => {
    const [ann, ben, staff] = (await site.units(3)) as [number, number, number];
    await site.sql.rows('update unit set staff = true where id = $1', [staff]);
    const [a, b, c] = site.films as [number, number, number];
    const first = listOf({ unit: ann, films: [a, b, c], algorithms: ['svd', 'content', 'svd'], blendVersion: blend, at: before(2) });
    const second = listOf({ unit: ben, films: [a, b], algorithms: ['svd', 'trending'], blendVersion: blend, at: before(1) });
    const trending = listOf({ unit: ben, films: [c], algorithms: ['trending'], at: before(1) });
    const old = listOf({ unit: ann, films: [a], algorithms: ['svd'], blendVersion: blend, at: before(30) });
    const seenByStaff = listOf({ unit: staff, films: [a, b], algorithms: ['svd'], blendVersion: blend, at: before(1) });
    await site.host.find(Tracking)!.record([first, second, trending, old, seenByStaff]);
    for (const [list, position] of [
      [first, 0],
      [first, 1],
      [trending, 0],
      [old, 0],
      [seenByStaff, 0],
    ] as const)
      await click(site.sql, { list: list.id, position, unit: list.unit, at: before(0.5) });
    // One film, two kinds of success: it succeeded once.
    for (const kind of ['rating', 'watched'] as const) await attribute(site.sql, kind, { unit: ann, film: a, at: before(0.5) });
    await attribute(site.sql, 'rating', { unit: staff, film: b, at: before(0.5) });

    const { algorithms, blends, lists } = await performance(site.sql, 24, now);
    const short = (rows: typeof algorithms) =>
      Object.fromEntries(rows.map((row) => [row.id, [row.viewers, row.films, row.clicks, row.conversions, row.ctr!.value, row.conversion!.value]]));
    expect(short(algorithms)).toEqual({ svd: [2, 3, 1, 1, 1 / 3, 1 / 3], trending: [1, 2, 1, 0, 1 / 2, 0], content: [1, 1, 1, 0, 1, 0] });
    expect(short(blends)).toEqual({ [blend]: [2, 5, 2, 1, 2 / 5, 1 / 5], null: [1, 1, 1, 0, 1, 0] });
    expect(algorithms.map(({ id }) => id)).toEqual(['svd', 'trending', 'content']);
    expect(lists).toHaveLength(24);
    expect(lists.filter(({ perHour }) => perHour > 0)).toEqual([
      { at: new Date(Date.UTC(2024, 3, 10, 13)), perHour: 1 },
      { at: new Date(Date.UTC(2024, 3, 10, 14)), perHour: 2 },
    ]);
    expect((await performance(site.sql, 168, now)).algorithms.find(({ id }) => id === 'svd')).toMatchObject({ films: 4, clicks: 2 });
  });

  test('gives lists an hour as means of longer steps, the last one over what has passed of it', async () => {
    const [unit] = (await site.units(1)) as [number];
    await site.host
      .find(Tracking)!
      .record([
        listOf({ unit, films: [site.films[0]!], at: before(0.1) }),
        ...Array.from({ length: 12 }, () => listOf({ unit, films: [site.films[0]!], at: before(30) })),
      ]);
    const { lists, step } = await performance(site.sql, 168, now);
    expect([lists.length, step]).toEqual([28, 6]);
    // 168 hours end at 16:00, so the last step began at 10:00 and has run for 5.5 hours.
    expect(lists.at(-1)).toEqual({ at: new Date(Date.UTC(2024, 3, 10, 10)), perHour: 1 / 5.5 });
    expect(lists.filter(({ perHour }) => perHour === 2)).toHaveLength(1);
    expect((await performance(site.sql, 720, now)).lists).toHaveLength(30);
  });

  test('answers 50,000 lists of 24 films in under 200 ms', async () => {
    const units = await site.units(2000);
    await site.sql.rows(
      `insert into served_list (id, unit, surface, blend_version, films, algorithms, served_at)
      select gen_random_uuid(), ($1::integer[])[1 + i % 2000], 'home.for-you', case when i % 4 > 0 then $2::integer end, array_fill($3::integer, array[24]),
        array_cat(array_fill((array['svd', 'content', 'user-knn'])[1 + i % 3], array[14]), array_fill('popularity'::text, array[10])), $4::timestamptz - i * interval '1.6 seconds'
      from generate_series(1, 50000) i`,
      [units, blend, site.films[0], now],
    );
    await site.sql.rows(`insert into shown_hour (hour, unit, blend_version, algorithm, films)
      select date_trunc('hour', served_at, 'UTC'), unit, blend_version, a, sum(n) from served_list, (values (1, 14), (24, 10)) half (place, n), lateral (select algorithms[place] as a) x
      group by 1, 2, 3, 4`);
    await site.sql.rows(
      `insert into click (list, position, film, unit, at) select id, 3, films[4], unit, served_at from served_list where get_byte(uuid_send(id), 0) < 26`,
    );
    await site.sql.rows('analyze');
    const times: number[] = [];
    for (let i = 0; i < 5; i++) {
      const start = process.hrtime.bigint();
      const { algorithms } = await performance(site.sql, 24, now);
      times.push(Number(process.hrtime.bigint() - start) / 1e6);
      expect(algorithms.reduce((sum, { films }) => sum + films, 0)).toBe(50_000 * 24);
    }
    expect(Math.min(...times)).toBeLessThan(200);
  });

  test('is for managers, with names, and for three lengths of time', async () => {
    const [unit] = (await site.units(1)) as [number];
    await site.host
      .find(Tracking)!
      .record([
        listOf({ unit, films: [site.films[0]!], algorithms: ['browse'], at: before(1) }),
        listOf({ unit, films: [site.films[0]!], blendVersion: blend, at: before(1) }),
      ]);
    const app = (role: string) =>
      express()
        .use((req, _res, next) => {
          req.clock = now;
          req.account = { role } as never;
          next();
        })
        .use(
          '/admin/data/tracking',
          site.consoleRoutes.get('tracking')!,
          failures(() => undefined, silent),
        );
    const ask = (role: string, query = '') => request(app(role)).get(`/admin/data/tracking/performance${query}`);
    expect((await ask('viewer')).status).toBe(403);
    const { status, body } = await ask('manager');
    expect([status, body.hours, body.lists.length]).toEqual([200, 24, 24]);
    expect(body.algorithms.map(({ name }: { name: string }) => name).sort()).toEqual(['Search and genre pages', 'svd']);
    expect(body.blends.map(({ name }: { name: string }) => name).sort()).toEqual(['Even, version 1', 'Outside of blends']);
    expect((await ask('manager', '?hours=720')).body.lists).toHaveLength(30);
    for (const bad of ['7', '-1', 'abc', '24&hours=168']) expect((await ask('manager', `?hours=${bad}`)).status).toBe(422);
  });

  test('of a site that showed nothing is empty', async () => {
    const { algorithms, blends, lists } = await performance(site.sql, 720, now);
    expect([algorithms, blends, new Set(lists.map(({ perHour }) => perHour))]).toEqual([[], [], new Set([0])]);
  });
});
