import { Tracking } from '../../plugins/tracking/api.ts';
import { click } from '../../plugins/tracking/clicks.ts';
import { bootSite, type Site } from '../history/site.ts';
import { listOf } from './lists.ts';

const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);

describe('old lists', () => {
  let site: Site;
  beforeAll(async () => {
    site = await bootSite();
  });
  afterAll(() => site.stop());
  const count = async (table: string): Promise<number> => (await site.sql.one<{ n: number }>(`select count(*)::integer as n from ${table}`))!.n;

  test('go after the days of the setting, with their clicks and sums; younger ones stay', async () => {
    const tracking = site.host.find(Tracking)!,
      [unit, held] = (await site.units(2)) as [number, number],
      films = site.films.slice(0, 3);
    const lists = [366, 364].map((days) => listOf({ unit, films, at: daysAgo(days) }));
    const counted = listOf({ unit: held, films, at: daysAgo(500), assignments: [{ experiment: 1, phase: 1, arm: 'b' }] });
    await tracking.record([...lists, counted, listOf({ unit: held, films, at: daysAgo(501) })]);
    for (const { id: list, at } of lists) await click(site.sql, { list, position: 0, at, unit });

    expect(await site.memoryJobs.run('tracking.prune')).toEqual({ lists: 1, hours: 3 });
    expect(await site.sql.rows('select id from served_list where unit = $1', [unit])).toEqual([{ id: lists[1]!.id }]);
    expect([await count('click'), await count('shown_hour'), await count('served_list')]).toEqual([1, 1, 3]);

    // The lists of somebody whom an experiment counts go when it lets them go.
    await site.sql.transaction((tx) => tracking.release(tx, 1));
    expect(await site.memoryJobs.run('tracking.prune')).toEqual({ lists: 2, hours: 0 });
    expect(await count('served_list')).toBe(1);
  });
});
