import { parse } from 'csv-parse/sync';
import accounts from '../../plugins/accounts/index.ts';
import catalogue from '../../plugins/catalogue/index.ts';
import history from '../../plugins/history/index.ts';
import watchlist from '../../plugins/watchlist/index.ts';
import { Accounts } from '../../plugins/accounts/api.ts';
import { History } from '../../plugins/history/api.ts';
import { csvOf } from '../../plugins/accounts/export.ts';
import { addFilms, bootApp, type Booted } from '../harness/app.ts';
import { unzip } from '../harness/unzip.ts';
import { isSignedIn, member, password } from './site.ts';

let app: Booted, film: number;
beforeAll(async () => {
  app = await bootApp({ plugins: [accounts, catalogue, history, watchlist] });
  [film] = (await addFilms(app, [{ title: '=HYPERLINK("x")', year: 1999 }])) as [number];
});
afterAll(() => app.stop());

describe('an export', () => {
  test('has everything as JSON and as CSV, and no cell that a spreadsheet calculates', async () => {
    const { browser, email } = await member(app, '+1 Nora');
    await browser.post(`/film/${film}/rating`, { stars: '4.5' }, '/account');
    await browser.post(`/film/${film}/watchlist`, {}, '/account');
    const answer = await browser
      .get('/account/data/marquee.zip')
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done(null, Buffer.concat(chunks)));
      });
    const files = await unzip(answer.body as Buffer);
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['README.txt', 'json/ratings.json', 'csv/ratings.csv', 'csv/watchlist.csv', 'csv/account.csv']),
    );
    expect(JSON.parse(files.get('json/ratings.json')!)).toEqual([expect.objectContaining({ title: '=HYPERLINK("x")', stars: 4.5 })]);
    const [row] = parse(files.get('csv/ratings.csv')!, { columns: true, bom: true }) as Record<string, string>[];
    expect(row).toMatchObject({ title: `'=HYPERLINK("x")`, stars: '4.5' });
    expect((parse(files.get('csv/account.csv')!, { columns: true, bom: true }) as object[])[0]).toMatchObject({ name: "'+1 Nora", email });
    expect([...files.values()].join().includes('argon2')).toBe(false);
  });

  test.each(['=1', '+1', '-1', '@x', '\tx', '\rx'])('neutralises a cell that begins with %j', (cell) => {
    expect(csvOf([{ cell }])).toContain(`'${cell}`);
  });

  test('is for oneself', async () => {
    expect((await app.browser().get('/account/data/marquee.zip')).headers['location']).toContain('/sign-in');
  });
});

describe('deleting an account', () => {
  const form = { texts: 'remove', sure: 'yes', current: password };

  test('takes everything away, ends all sessions, and frees handle and address', async () => {
    const { browser, email, handle, id } = await member(app),
      other = app.browser();
    await other.signIn(email, password);
    await browser.post(`/film/${film}/rating`, { stars: '2' }, '/account');
    await browser.post(`/film/${film}/watchlist`, {}, '/account');
    const unit = (await app.host.find(History)!.unit(handle))!;
    expect((await browser.post('/account/delete', form, '/account/data')).headers['location']).toBe('/goodbye');
    expect([await isSignedIn(browser), await isSignedIn(other)]).toEqual([false, false]);
    expect((await app.browser().signIn(email, password)).status).toBe(422);
    for (const table of ['rating', 'watch']) expect(await app.sql.rows(`select from ${table} where unit = $1`, [unit])).toEqual([]);
    expect(await app.sql.rows('select from watchlist_item where account = $1', [id])).toEqual([]);
    // The next update of the models reads this unit again, and finds nothing.
    expect(await app.sql.rows('select from history_change where unit = $1', [unit])).toHaveLength(1);
    const left = await app.sql.one<Record<string, unknown>>('select * from account where id = $1', [id]);
    expect(JSON.stringify(left)).not.toMatch(/Nora|member_|argon2/);
    expect(await app.host.find(Accounts)!.byHandle(handle)).toBeUndefined();
    expect(await app.host.find(Accounts)!.byHandle(`left_${id}`)).toBeUndefined();
    const again = await app.browser().post('/sign-up', { name: 'Nora', handle, email, password }, '/sign-up');
    expect(again.status).toBe(303);
  });

  test('changes nothing without the password, the tick and a choice', async () => {
    const { browser } = await member(app);
    for (const wrong of [{ current: 'wrong words here' }, { sure: '' }, { texts: 'sell' }])
      expect((await browser.post('/account/delete', { ...form, ...wrong }, '/account/data')).status).toBe(422);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test('is refused for the last admin', async () => {
    const { browser, id } = await member(app);
    await app.host.find(Accounts)!.setRole(id, 'admin', null);
    expect((await browser.post('/account/delete', form, '/account/data')).status).toBe(409);
    expect(await isSignedIn(browser)).toBe(true);
  });
});
