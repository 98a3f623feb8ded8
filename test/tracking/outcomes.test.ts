import { Accounts, UnitsMerged } from '../../plugins/accounts/api.ts';
import { History } from '../../plugins/history/api.ts';
import { Tracking } from '../../plugins/tracking/api.ts';
import { WatchlistAdded } from '../../plugins/watchlist/api.ts';
import type { ServedList } from '../../recommend/served.ts';
import { bootSite, type Site } from '../history/site.ts';
import { click } from '../../plugins/tracking/clicks.ts';
import { listOf } from './lists.ts';

const hour = 3_600_000,
  noon = Date.UTC(2023, 5, 15, 12);
const at = (hours: number): Date => new Date(noon + hours * hour);

describe('outcomes', () => {
  let site: Site, unit: number, other: number, a: number, b: number, c: number;
  beforeAll(async () => {
    site = await bootSite();
    [a, b, c] = site.films as [number, number, number];
  });
  afterAll(() => site.stop());
  beforeEach(async () => {
    [unit, other] = (await site.units(2)) as [number, number];
  });

  const show = async (...lists: ServedList[]): Promise<void> => site.host.find(Tracking)!.record(lists);
  const rate = async (film: number, stars: number, when: Date, who = unit): Promise<void> => {
    await site.host.find(History)!.rate(who, film, stars, when);
    await site.events.settled();
  };
  const outcomes = (who = unit) =>
    site.sql.rows('select list, film, kind, position, algorithm, at from outcome where unit = $1 order by kind, film', [who]);

  test('go to the last list that showed the film, with its place and algorithm there', async () => {
    const older = listOf({ unit, films: [a, b], algorithms: ['content', 'svd'], at: at(-5) }),
      last = listOf({ unit, films: [c, b, a], algorithms: ['svd', 'svd', 'trending'], at: at(-2) });
    const without = listOf({ unit, films: [b, c], at: at(-1) }),
      later = listOf({ unit, films: [a], at: at(1) }),
      others = listOf({ unit: other, films: [a], at: at(-0.5) });
    await show(older, last, without, later, others);
    await rate(a, 4, at(0));
    expect(await outcomes()).toEqual([{ list: last.id, film: a, kind: 'rating', position: 2, algorithm: 'trending', at: at(0) }]);
    expect(await outcomes(other)).toEqual([]);
  });

  test('look back 72 hours by the time of the event, to the very end of them and no further', async () => {
    await show(listOf({ unit, films: [a], at: at(-72) }), listOf({ unit, films: [b], at: new Date(at(-72).getTime() - 1) }));
    await rate(a, 5, at(0));
    await rate(b, 5, at(0));
    expect((await outcomes()).map(({ film }: { film?: number }) => film)).toEqual([a]);
  });

  test('are ratings of four stars or more, films watched, and films put on a watchlist', async () => {
    const list = listOf({ unit, films: [a, b, c], at: at(-1) });
    await show(list);
    await rate(a, 3.5, at(0));
    await rate(b, 4, at(0));
    await site.host.find(History)!.watch(unit, a, at(0));
    site.events.publish(WatchlistAdded, { unit, account: 1, film: c, at: at(0) });
    await site.events.settled();
    expect((await outcomes()).map(({ kind, film }: { kind?: string; film?: number }) => [kind, film])).toEqual([
      ['rating', b],
      ['watched', a],
      ['watchlist', c],
    ]);
  });

  test('count once, however often they happen, and whatever list is the last by then', async () => {
    const first = listOf({ unit, films: [a], at: at(-1) });
    await show(first);
    for (let i = 0; i < 5; i++) site.events.publish(WatchlistAdded, { unit, account: 1, film: a, at: at(0) });
    await rate(a, 4, at(0));
    await show(listOf({ unit, films: [a], at: at(1) }));
    await rate(a, 5, at(2));
    site.events.publish(WatchlistAdded, { unit, account: 1, film: a, at: at(3) });
    await site.events.settled();
    expect((await outcomes()).map(({ list, kind }: { list?: string; kind?: string }) => [list, kind])).toEqual([
      [first.id, 'rating'],
      [first.id, 'watchlist'],
    ]);
  });

  test("and all else go along when a visitor becomes an account's unit, and nothing counts twice", async () => {
    const { unit: into } = await site.host
      .find(Accounts)!
      .create({ name: 'Ida', handle: 'ida', email: 'ida@example.org', password: 'a long and odd pass phrase' });
    const seen = listOf({ unit, films: [a, b], algorithms: ['svd'], at: at(-1), assignments: [{ experiment: 3, phase: 1, arm: 'B' }] }),
      known = listOf({ unit: into, films: [a], algorithms: ['svd'], at: at(-1) });
    await show(seen, known);
    await click(site.sql, { list: seen.id, position: 0, unit, at: at(0) });
    await rate(a, 5, at(0));
    await rate(b, 5, at(0));
    await rate(a, 4, at(0), into);
    for (let i = 0; i < 2; i++) {
      site.events.publish(UnitsMerged, { from: unit, into });
      await site.events.settled();
    }
    expect((await outcomes(into)).map(({ list, film }: { list?: string; film?: number }) => [list, film])).toEqual([
      [known.id, a],
      [seen.id, b],
    ]);
    expect(await outcomes()).toEqual([]);
    const owners = await site.sql.one(
      `select (select unit from served_list where id = $1) as list, (select unit from click where list = $1) as click,
      (select unit from list_assignment where list = $1) as arm, (select sum(films)::integer from shown_hour where unit = $2) as shown, (select count(*)::integer from shown_hour where unit = $3) as left`,
      [seen.id, into, unit],
    );
    expect(owners).toEqual({ list: into, click: into, arm: into, shown: 3, left: 0 });
  });
});
