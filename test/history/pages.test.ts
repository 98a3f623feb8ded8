import { History } from '../../plugins/history/api.ts';
import { bootSite, type Site } from './site.ts';

describe('the pages of history', () => {
  let site: Site;
  beforeAll(async () => {
    site = await bootSite(70);
  });
  afterAll(() => site.stop());
  const stored = () => site.sql.rows<{ film: number; stars: number }>('select film, stars from rating');

  test('let a visitor without account rate, change and take back, by forms alone', async () => {
    const [film] = site.films,
      browser = await site.visitor();
    const page = `/film/${film}`;
    expect((await browser.get(page)).text).toContain(`action="/film/${film}/rating"`);
    const rated = await browser.post(`/film/${film}/rating`, { stars: '4.5', next: '/genres' }, page);
    expect([rated.status, rated.headers['location']]).toEqual([303, '/genres']);
    await browser.post(`/film/${film}/rating`, { stars: '4.5' }, page);
    expect(await stored()).toEqual([{ film, stars: 4.5 }]);
    const shown = await browser.get(page);
    expect(shown.text).toMatch(/value="4.5" id="[^"]+" checked/);
    expect(shown.text).toContain('Remove my rating');
    const away = await browser.post(`/film/${film}/rating/delete`, {}, page);
    expect([away.status, away.headers['location']]).toEqual([303, page]);
    expect(await stored()).toEqual([]);
  });

  test.each(['0', '5.5', '3.3', 'NaN', '', '-1', '1e9'])('answer 422 to %p stars, and say what to choose', async (stars) => {
    const browser = await site.visitor();
    const answer = await browser.post(`/film/${site.films[0]}/rating`, { stars });
    expect(answer.status).toBe(422);
    expect(answer.text).toMatch(/Choose/);
    expect(await stored()).toEqual([]);
  });

  test('answer 422 to stars that come twice, and 404 to films that viewers cannot see', async () => {
    const browser = await site.visitor(),
      csrf = await browser.token('/sign-in');
    const twice = await browser.agent.post(`/film/${site.films[0]}/rating`).type('form').send(`csrf=${csrf}&stars=3&stars=4`);
    expect(twice.status).toBe(422);
    for (const id of [site.hidden, 999_999, 2_147_483_648, -1, 'abc', '1e1']) {
      for (const path of ['rating', 'watched', 'dismiss'])
        expect([id, path, (await browser.post(`/film/${id}/${path}`, { stars: 4 })).status]).toEqual([id, path, 404]);
    }
  });

  test('refuse forms without the token, and never lead to another site', async () => {
    const browser = await site.visitor(),
      film = site.films[1]!;
    expect((await browser.agent.post(`/film/${film}/rating`).type('form').send({ stars: 4 })).status).toBe(403);
    expect(
      (
        await browser.agent
          .post(`/film/${film}/rating`)
          .set('sec-fetch-site', 'cross-site')
          .type('form')
          .send({ stars: 4, csrf: await browser.token('/sign-in') })
      ).status,
    ).toBe(403);
    expect(await stored()).toEqual([]);
    for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', '%2f%2fevil.example']) {
      expect((await browser.post(`/film/${film}/watched`, { next })).headers['location']).toBe(`/film/${film}`);
    }
  });

  test('answer scripts with the marks as JSON', async () => {
    const browser = await site.visitor(),
      film = site.films[2]!,
      csrf = await browser.token('/sign-in');
    const send = (path: string, fields: object = {}) =>
      browser.agent
        .post(`/film/${film}/${path}`)
        .set('accept', 'application/json')
        .type('form')
        .send({ csrf, ...fields });
    expect((await send('rating', { stars: 2 })).body).toEqual({ film, stars: 2, watched: false, dismissed: false });
    expect((await send('watched')).body).toEqual({ film, stars: 2, watched: true, dismissed: false });
    expect((await send('dismiss')).body).toEqual({ film, stars: 2, watched: true, dismissed: true });
    for (const path of ['rating/delete', 'watched/delete', 'dismiss/delete']) expect((await send(path)).status).toBe(200);
    expect((await send('dismiss/delete')).body).toEqual({ film, stars: null, watched: false, dismissed: false });
    const bad = await send('rating', { stars: 9 });
    expect([bad.status, bad.body.error.fields.stars]).toEqual([422, 'Choose at most 5 stars.']);
  });

  test('list the own ratings by page, newest first, without hidden films', async () => {
    const browser = await site.visitor(),
      history = site.host.find(History)!;
    await browser.post(`/film/${site.films[3]}/rating`, { stars: 5 });
    const { unit } = (await site.sql.one<{ unit: number }>('select unit from rating'))!;
    for (const [i, film] of site.films.slice(4, 69).entries()) await history.rate(unit, film, 3, new Date(Date.UTC(2020, 0, 1, 0, i)));
    await site.sql.rows('insert into rating (unit, film, stars, rated_at) values ($1, $2, 5, now())', [unit, site.hidden]);
    const titles = async (path: string) => [...(await browser.get(path)).text.matchAll(/Remove my rating of (Film \d+)/g)].map(([, title]) => title);
    const first = await titles('/ratings');
    expect(first).toHaveLength(30);
    expect(first.slice(0, 2)).toEqual(['Film 4', 'Film 69']);
    expect(await titles('/ratings?page=3')).toHaveLength(6);
    for (const page of ['1e9', '-1', 'NaN', '0']) expect(await titles(`/ratings?page=${page}`)).toEqual(first);
    expect(await titles('/ratings?page=999999999')).toEqual(await titles('/ratings?page=3'));
  });

  test('show what was dismissed, and bring it back', async () => {
    const browser = await site.visitor(),
      film = site.films[5]!;
    expect((await browser.get('/ratings/dismissed')).text).toContain('Nothing here');
    await browser.post(`/film/${film}/dismiss`);
    const page = await browser.get('/ratings/dismissed');
    expect(page.text).toContain(`/film/${film}/dismiss/delete`);
    const back = await browser.post(`/film/${film}/dismiss/delete`, { next: '/ratings/dismissed' }, '/ratings/dismissed');
    expect([back.status, back.headers['location']]).toEqual([303, '/ratings/dismissed']);
    expect((await browser.get('/ratings/dismissed')).text).toContain('Nothing here');
  });

  test('give what a visitor rated to the account that is made', async () => {
    const browser = await site.visitor(),
      film = site.films[6]!;
    await browser.post(`/film/${film}/rating`, { stars: 3.5 });
    const signedUp = await browser.post(
      '/sign-up',
      { name: 'Vera', handle: 'vera', email: 'vera@example.org', password: 'a long and odd pass phrase' },
      '/sign-up',
    );
    expect(signedUp.status).toBe(303);
    expect((await browser.get('/ratings')).text).toContain('Remove my rating of Film 7');
  });

  test('offer to undo what was done last, and undoing brings back what was before', async () => {
    const browser = await site.visitor(),
      film = site.films[0]!,
      page = `/film/${film}`;
    const offer = async () => /<div class="toast"[^>]*>.*?<p>(.*?)<\/p>.*?action="([^"]+)"/s.exec((await browser.get(page)).text)?.slice(1);
    expect(await offer()).toBeUndefined();
    await browser.post(`${page}/rating`, { stars: 3 }, page);
    await browser.post(`${page}/rating`, { stars: 4.5 }, page);
    expect(await offer()).toEqual(['You gave Film 1 4.5 stars.', `${page}/rating`]);
    await browser.post(`${page}/rating`, { stars: 3 }, page);
    expect((await stored()).filter((rating) => rating.film === film)).toEqual([{ film, stars: 3 }]);
    await browser.post(`${page}/rating/delete`, {}, page);
    expect(await offer()).toEqual(['Your rating of Film 1 is gone.', `${page}/rating`]);
    await browser.post(`${page}/dismiss`, {}, page);
    expect(await offer()).toEqual(['Film 1 stays out of your lists.', `${page}/dismiss/delete`]);
    await browser.post(`${page}/dismiss/delete`, {}, page);
    expect(await offer()).toBeUndefined();
  });

  test.each(['rating.0.1', 'rating.99999999999.1', 'rating.1.9', 'hack.1.1', 'rating.1.3.3', '%00', 'rating.999999.3'])(
    'a made-up offer %p is no offer',
    async (value) => {
      const { status, text } = await (await site.visitor()).get('/about').set('cookie', `undo=${value}`);
      expect([status, text.includes('class="toast"')]).toEqual([200, false]);
    },
  );

  test('show how the ratings of a film are spread, as bars and as a table', async () => {
    const film = site.films[1]!,
      history = site.host.find(History)!;
    for (const [i, unit] of (await site.units(5)).entries()) await history.rate(unit, film, i < 3 ? 4 : 1.5, new Date());
    const { text } = await (await site.visitor()).get(`/film/${film}`);
    const rows = [...text.matchAll(/<th scope="row">([\d.]+)<\/th><td class="number">(\d+)<\/td>/g)].map(([, stars, n]) => [
      Number(stars),
      Number(n),
    ]);
    expect(rows).toHaveLength(10);
    expect(rows.filter(([, n]) => n! > 0)).toEqual([
      [1.5, 2],
      [4, 3],
    ]);
    expect([...text.matchAll(/<rect [^>]*height="(\d+)"/g)].map(([, height]) => Number(height)).filter((height) => height > 0)).toEqual([48, 72]);
    expect((await (await site.visitor()).get(`/film/${site.films[2]}`)).text).not.toContain('<rect');
  });
});
