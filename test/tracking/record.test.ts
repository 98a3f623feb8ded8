import type { Sql } from '../../core/database/sql.ts';
import { silent, type Logger } from '../../core/log.ts';
import { on } from '../../core/plugin.ts';
import { ListServed, Tracking } from '../../plugins/tracking/api.ts';
import { FactsOfLists } from '../../plugins/tracking/facts.ts';
import { recorder } from '../../plugins/tracking/record.ts';
import { Catalogues } from '../../recommend/ports.ts';
import { bootSite, type Site } from '../history/site.ts';
import { listOf } from './lists.ts';

describe('recording lists', () => {
  let site: Site, unit: number, blend: number;
  beforeAll(async () => {
    site = await bootSite();
    [unit] = (await site.units(1)) as [number];
    blend = (await site.blends.create('Even', { weights: { svd: 1 } }, null)).id;
  });
  afterAll(() => site.stop());
  beforeEach(() => site.sql.rows('truncate served_list, shown_hour cascade'));

  test('keeps the chance in a list, and what it was drawn from', async () => {
    const [a, b, c] = site.films as [number, number, number],
      list = listOf({ unit, films: [b, a], blendVersion: blend });
    const exploration = { temperature: 0.5, from: 0, pool: [a, b, c], blended: [2, 1, 0.5], scores: { svd: [2, 1, null] } };
    await recorder({ sql: site.sql, log: silent, publish() {}, facts: new FactsOfLists(site.sql, site.host.find(Catalogues)!) }).record([
      { ...list, films: list.films.map((film, i) => ({ ...film, propensity: i === 0 ? 0.25 : 1 })), exploration },
      listOf({ unit, films: [a], surface: 'home.trending' }),
    ]);
    expect(await site.sql.rows('select films, propensities from served_list order by cardinality(films) desc')).toEqual([
      { films: [b, a], propensities: [0.25, 1] },
      { films: [a], propensities: null },
    ]);
    expect(await site.sql.rows('select list, temperature, fixed, pool, blended, scores from exploration_log')).toEqual([
      { list: list.id, temperature: 0.5, fixed: 0, pool: [a, b, c], blended: [2, 1, 0.5], scores: { svd: [2, 1, null] } },
    ]);
  });

  test('stores all lists of a page with one statement', async () => {
    const statements: string[] = [],
      sql: Sql = {
        ...site.sql,
        rows: (text, bind) => {
          statements.push(text);
          return site.sql.rows(text, bind);
        },
      };
    const [a, b, c] = site.films as [number, number, number],
      at = new Date(Date.UTC(2024, 2, 1, 10, 59, 59));
    const assignments = [
      { experiment: 7, phase: 1, arm: 'B' },
      { experiment: 9, phase: 1, arm: 'control' },
    ];
    const lists = [
      listOf({ unit, at, films: [a, b, c], algorithms: ['svd', 'svd', 'content'], blendVersion: blend, assignments }),
      listOf({ unit, at, films: [b], algorithms: ['trending'], surface: 'home.trending' }),
      listOf({ unit, at, films: [c, a], algorithms: ['svd'], blendVersion: blend, surface: 'home.genre', assignments: assignments.slice(0, 1) }),
      listOf({ unit, at, films: [] }),
    ];
    await recorder({ sql, facts: new FactsOfLists(site.sql, site.host.find(Catalogues)!), log: silent, publish() {} }).record(lists);
    expect(statements).toHaveLength(1);
    expect(
      await site.sql.rows('select id, unit, surface, blend_version, films, algorithms, served_at from served_list order by cardinality(films) desc'),
    ).toEqual(
      [lists[0]!, lists[2]!, lists[1]!, lists[3]!].map(({ id, surface, blendVersion, films }) => ({
        id,
        unit,
        surface,
        blend_version: blendVersion ?? null,
        films: films.map(({ film }) => film),
        algorithms: films.map(({ algorithm }) => algorithm),
        served_at: at,
      })),
    );
    expect(
      await site.sql.rows('select list, experiment, arm, unit, served_at from list_assignment order by experiment, list = $1 desc', [lists[0]!.id]),
    ).toEqual([
      { list: lists[0]!.id, experiment: 7, arm: 'B', unit, served_at: at },
      { list: lists[2]!.id, experiment: 7, arm: 'B', unit, served_at: at },
      { list: lists[0]!.id, experiment: 9, arm: 'control', unit, served_at: at },
    ]);
    expect(await site.sql.rows('select hour, blend_version, algorithm, films from shown_hour order by algorithm')).toEqual([
      { hour: new Date(Date.UTC(2024, 2, 1, 10)), blend_version: blend, algorithm: 'content', films: 1 },
      { hour: new Date(Date.UTC(2024, 2, 1, 10)), blend_version: blend, algorithm: 'svd', films: 4 },
      { hour: new Date(Date.UTC(2024, 2, 1, 10)), blend_version: null, algorithm: 'trending', films: 1 },
    ]);
  });

  test('counts a list once, whoever records it again', async () => {
    const tracking = site.host.find(Tracking)!,
      list = listOf({ unit, films: site.films.slice(0, 3) });
    await tracking.record([list]);
    await Promise.all([tracking.record([list]), tracking.record([list, listOf({ unit, films: [site.films[0]!] })])]);
    expect(await site.sql.one('select count(*)::integer as n from served_list')).toEqual({ n: 2 });
    expect(await site.sql.one('select sum(films)::integer as n from shown_hour')).toEqual({ n: 4 });
  });

  test('adds up right when many pages of one viewer are sent at once', async () => {
    const tracking = site.host.find(Tracking)!,
      at = new Date();
    const page = (i: number) =>
      ['a', 'b', 'c'].map((_, k) =>
        listOf({ unit, at, films: site.films.slice(0, 4), algorithms: ['svd', 'content', 'trending'].map((_x, j, all) => all[(i + j + k) % 3]!) }),
      );
    await Promise.all(Array.from({ length: 20 }, (_, i) => tracking.record(page(i))));
    expect(await site.sql.one('select sum(films)::integer as n from shown_hour')).toEqual({ n: 20 * 3 * 4 });
    expect(await site.sql.one('select count(*)::integer as n from served_list')).toEqual({ n: 60 });
  });

  test('never fails a page, and says in the log what is missing', async () => {
    const errors: string[] = [],
      log: Logger = { ...silent, error: (message) => void errors.push(message) };
    const failing = recorder({
      sql: site.sql,
      facts: new FactsOfLists(site.sql, site.host.find(Catalogues)!),
      log,
      publish: () => {
        throw new Error('not reached');
      },
    });
    await expect(failing.record([listOf({ unit: 999_999, films: [site.films[0]!] })])).resolves.toBeUndefined();
    expect(errors).toEqual(['1 lists of unit 999999 were shown but not stored']);
    await expect(failing.record([])).resolves.toBeUndefined();
    expect(errors).toHaveLength(1);
  });

  test('tells of each list that is stored', async () => {
    const heard: unknown[] = [],
      stop = site.events.subscribe(on(ListServed, (fact) => void heard.push(fact)));
    const list = listOf({ unit, films: site.films.slice(0, 2), blendVersion: blend, assignments: [{ experiment: 1, phase: 1, arm: 'A' }] });
    await site.host.find(Tracking)!.record([list]);
    await site.events.settled();
    stop();
    expect(heard).toEqual([{ list: list.id, unit, surface: list.surface, blendVersion: blend, assignments: list.assignments, at: list.at }]);
  });
});
