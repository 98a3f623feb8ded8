import { changedUnits } from '../../jobs/training/batch.ts';
import accounts from '../../plugins/accounts/index.ts';
import catalogue from '../../plugins/catalogue/index.ts';
import history from '../../plugins/history/index.ts';
import picks from '../../plugins/picks/index.ts';
import { click } from '../../plugins/tracking/clicks.ts';
import tracking from '../../plugins/tracking/index.ts';
import { Tracking } from '../../plugins/tracking/api.ts';
import { savePicks } from '../../plugins/picks/store.ts';
import watchlist from '../../plugins/watchlist/index.ts';
import { add, remove } from '../../plugins/watchlist/store.ts';
import { addFilms, bootApp, type Booted } from '../harness/app.ts';
import { listOf } from '../tracking/lists.ts';

const plugins = [accounts, catalogue, history, tracking, watchlist, picks];
let app: Booted, films: readonly number[], visitor: number, member: { unit: number; account: number };
beforeAll(async () => {
  app = await bootApp({ plugins });
  films = await addFilms(app, [{ title: 'One' }, { title: 'Two' }]);
  visitor = (await app.sql.one<{ id: number }>('insert into unit (visitor) values (gen_random_uuid()) returning id'))!.id;
  const browser = app.browser();
  await browser.post('/sign-up', { name: 'Ada Byron', handle: 'ada', email: 'ada@example.org', password: 'a long enough phrase' }, '/sign-up');
  member = (await app.sql.one<typeof member>('select id as unit, account from unit where account is not null'))!;
});
afterAll(() => app.stop());

/** The units that have changed by this, and by nothing before. */
async function changedBy(work: () => Promise<unknown>): Promise<number[]> {
  const { now } = (await app.sql.one<{ now: string }>('select pg_current_snapshot()::text as now'))!;
  await work();
  return [...(await changedUnits(app.sql, plugins, now))];
}

test('a click alone is a change, a second one on the same place is none', async () => {
  const list = listOf({ unit: visitor, films });
  expect(await changedBy(() => app.host.find(Tracking)!.record([list]))).toEqual([]);
  const onFirst = () => click(app.sql, { list: list.id, position: 0, at: new Date(), unit: visitor });
  expect(await changedBy(onFirst)).toEqual([visitor]);
  expect(await changedBy(onFirst)).toEqual([]);
});

test('clicks that go over to an account change both', async () => {
  const list = listOf({ unit: visitor, films });
  await app.host.find(Tracking)!.record([list]);
  await click(app.sql, { list: list.id, position: 1, at: new Date(), unit: visitor });
  const moved = () => app.sql.rows('update click set unit = $2 where unit = $1', [visitor, member.unit]);
  expect(await changedBy(moved)).toEqual([visitor, member.unit].sort((a, b) => a - b));
});

test('a film on the watchlist alone is a change, and so is taking it off', async () => {
  expect(await changedBy(() => add(app.sql, member.account, films[0]!, new Date(), 10))).toEqual([member.unit]);
  expect(await changedBy(() => add(app.sql, member.account, films[0]!, new Date(), 10))).toEqual([]);
  expect(await changedBy(() => remove(app.sql, member.account, films[0]!))).toEqual([member.unit]);
});

test('first picks alone are a change', async () => {
  expect(await changedBy(() => savePicks(app.sql, visitor, [{ id: 1, name: 'Space', films: [films[0]!] }], new Date()))).toEqual([visitor]);
});
