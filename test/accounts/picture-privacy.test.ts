import accounts from '../../plugins/accounts/index.ts';
import catalogue from '../../plugins/catalogue/index.ts';
import history from '../../plugins/history/index.ts';
import moderation from '../../plugins/moderation/index.ts';
import social from '../../plugins/social/index.ts';
import watchlist from '../../plugins/watchlist/index.ts';
import { bootApp, type Booted } from '../harness/app.ts';
import { member } from './site.ts';

let app: Booted;
beforeAll(async () => {
  app = await bootApp({ plugins: [accounts, catalogue, history, watchlist, moderation, social] });
});
afterAll(() => app.stop());

test('somebody who is blocked does not see the picture, as if there were nobody', async () => {
  const owner = await member(app),
    blocked = await member(app);
  expect((await blocked.browser.get(`/avatar/${owner.id}`)).status).toBe(200);
  await app.sql.rows('insert into block (blocker, blocked, at) values ($1, $2, now())', [owner.id, blocked.id]);
  expect((await blocked.browser.get(`/avatar/${owner.id}`)).status).toBe(404);
  expect((await owner.browser.get(`/avatar/${owner.id}`)).status).toBe(200);
});

test('exports of an account are bounded, with the time to wait', async () => {
  const { browser } = await member(app);
  for (let i = 0; i < 10; i++) expect((await browser.get('/account/data/marquee.zip')).status).toBe(200);
  const refused = await browser.get('/account/data/marquee.zip');
  expect([refused.status, Number(refused.headers['retry-after']) > 0]).toEqual([429, true]);
});
