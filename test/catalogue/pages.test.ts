import { jest } from '@jest/globals';
import type { Booted, Browser } from '../harness/app.ts';
import { bootSite, news } from './site.ts';

let app: Booted;
let browser: Browser;
beforeAll(async () => {
  app = await bootSite();
}, 60_000);
afterAll(() => app.stop());
beforeEach(() => {
  browser = app.browser();
});

const film = async (title: string): Promise<number> => (await app.sql.one<{ id: number }>('select id from film where title = $1', [title]))!.id;
const cards = (html: string): string[] => [...html.matchAll(/<a class="card-link" href="([^"]+)"/g)].map(([, href]) => href!);
const headings = (html: string): string[] => [...html.matchAll(/<h2 id="row-\d">(?:<a[^>]*>)?([^<]+)/g)].map(([, text]) => text!);
const lists = () => app.sql.rows<{ surface: string; films: number[] }>('select surface, films from served_list order by served_at desc, id');

describe('the home page', () => {
  test('shows popular films to somebody new, and says why', async () => {
    const { status, text } = await browser.get('/');
    expect(status).toBe(200);
    expect(headings(text)).toEqual(['Popular right now', 'Trending', ...Array.from({ length: 3 }, () => expect.any(String))]);
    expect(text).toContain('We do not know your taste yet');
  });

  test('follows a rating on the very next page', async () => {
    await browser.post(`/film/${await film('Alien')}/rating`, { stars: '5', next: '/' });
    const { text } = await browser.get('/');
    expect(headings(text).slice(0, 2)).toEqual(['For you', 'Because you liked Alien']);
    expect(text).not.toContain('We do not know your taste yet');
  });

  test('records every list that it shows, and its cards count the click', async () => {
    await app.sql.rows('truncate served_list cascade');
    const links = cards((await browser.get('/')).text);
    const stored = await lists();
    expect(links).toHaveLength(stored.reduce((films, list) => films + list.films.length, 0));
    expect(new Set(stored.flatMap((list) => list.films)).size).toBe(links.length);
    const { status, headers } = await browser.get(links[3]!);
    const [, list, position] = /^\/go\/([^/]+)\/(\d+)$/.exec(links[3]!)!;
    const served = (await app.sql.one<{ films: number[] }>('select films from served_list where id = $1', [list]))!.films;
    expect([status, headers['location']]).toEqual([302, `/film/${served[Number(position)]}`]);
  });

  test('costs few statements', async () => {
    await browser.get('/');
    const statements = jest.spyOn(app.sequelize.connectionManager as unknown as { getConnection(): unknown }, 'getConnection');
    await browser.get('/');
    expect(statements.mock.calls.length).toBeGreaterThan(0);
    expect(statements.mock.calls.length).toBeLessThanOrEqual(6);
    statements.mockRestore();
  });
});

describe('more rows', () => {
  const next = (html: string): string | undefined =>
    /<a class="button-quiet" href="([^"]+)" data-more>/.exec(html)?.[1]?.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
  const films = (html: string): string[] => [...html.matchAll(/src="\/poster\/(\d+)\.svg[^"]*" width="200"/g)].map(([, id]) => id!);

  test('follow by a link until there are no more, and no film comes twice', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/';
    for (let pages = 0; path !== undefined; pages++) {
      const { status, text } = await browser.get(path);
      expect([status, pages < 10]).toEqual([200, true]);
      seen.push(...films(text));
      path = next(text);
    }
    expect(seen.length).toBeGreaterThan(100);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test.each(['from=-1', 'from=NaN', 'from=1e9', 'from=1&from=2', 'without=1.x', 'without=1,2', `without=${'1.'.repeat(1001)}`])(
    '/more?%s answers 400',
    async (query) => expect((await browser.get(`/more?${query}`)).status).toBe(400),
  );
  test('say so when there are none', async () => {
    expect((await browser.get('/more?from=999')).text).toContain('That is all for today');
  });
});

describe('a film’s page', () => {
  test('tells what there is to know', async () => {
    const { status, text } = await browser.get(`/film/${await film('Alien')}`);
    expect(status).toBe(200);
    for (const fact of ['<h1>Alien</h1>', '1979', '1 h 57 min', 'Ridley Scott', 'Sigourney Weaver', 'Ripley', '/genre/sci-fi', 'More like this'])
      expect(text).toContain(fact);
    expect(cards(text).length).toBeGreaterThan(5);
    expect((await lists())[0]).toMatchObject({ surface: 'film.similar' });
  });

  test('predicts the stars of a viewer who has rated other films, until this one is rated too', async () => {
    const id = await film('Alien'),
      guess = async (): Promise<string | undefined> =>
        /We think you would give it <span[^>]*>(?:<svg.*?<\/svg>)?\s*([\d.]+)/s.exec((await browser.get(`/film/${id}`)).text)?.[1];
    expect(await guess()).toBeUndefined();
    await browser.post(`/film/${await film('Casablanca')}/rating`, { stars: '4', next: '/' });
    expect(Number(await guess())).toBeGreaterThan(2);
    await browser.post(`/film/${id}/rating`, { stars: '5', next: '/' });
    expect(await guess()).toBeUndefined();
  });

  test.each(['0', '-1', 'abc', '1.5', '2147483648', '99999999999', '999999', '1e3'])('/film/%s is not there', async (id) => {
    expect((await browser.get(`/film/${id}`)).status).toBe(404);
  });

  test('goes with its poster, its cards and its place in search when an operator hides it', async () => {
    const id = await film('Casablanca');
    await app.sql.rows('update film set hidden = true where id = $1', [id]);
    await news(app);
    await waitUntil(async () => (await browser.get(`/poster/${id}.svg`)).status === 404);
    expect((await browser.get(`/film/${id}`)).status).toBe(404);
    expect((await browser.get('/search?q=casablanca')).text).not.toContain(`/poster/${id}.svg`);
    expect((await browser.get('/genre/romance')).text).not.toContain(`/poster/${id}.svg`);
  });
});

describe('posters', () => {
  test('stay with the browser for a year when the address names the version', async () => {
    const address = /src="(\/poster\/[^"]+)"/.exec((await browser.get('/genres')).text)![1]!.replace('&#x3D;', '=');
    const { status, headers, body } = await browser.get(address);
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'image/svg+xml; charset=utf-8',
      'public, max-age=31536000, immutable',
    ]);
    expect(String(body)).toMatch(/^<svg /);
    expect((await browser.get(address).set('if-none-match', headers['etag']!)).status).toBe(304);
    expect((await browser.get(`${address}x`)).headers['cache-control']).toBe('public, max-age=3600');
  });

  test.each(['abc', '0', '999999', '-1'])('/poster/%s.svg is not there', async (id) => {
    expect((await browser.get(`/poster/${id}.svg`)).status).toBe(404);
  });
});

describe('genres', () => {
  test('are all listed and lead to their films', async () => {
    const { text } = await browser.get('/genres');
    const slugs = [...text.matchAll(/href="\/genre\/([^"]+)"/g)].map(([, slug]) => slug!);
    expect(slugs).toHaveLength((await app.sql.rows('select from genre')).length);
    for (const slug of slugs.slice(0, 3)) expect(cards((await browser.get(`/genre/${slug}`)).text).length).toBeGreaterThan(5);
  });

  test('have pages, and a page beyond the last one is the last one', async () => {
    const first = (await browser.get('/genre/drama')).text,
      last = (await browser.get('/genre/drama?sort=title&page=900')).text;
    expect(first).toContain('rel="next"');
    expect(first).not.toContain('rel="prev"');
    expect(last).not.toContain('rel="next"');
    expect(last).toContain('href="/genre/drama?sort&#x3D;title&amp;page&#x3D;6"');
  });

  test.each([
    ['/genre/drama?page=0', 400],
    ['/genre/drama?page=-1', 400],
    ['/genre/drama?page=NaN', 400],
    ['/genre/drama?page=1e9', 400],
    ['/genre/drama?page=999999999', 200],
    ['/genre/drama?page=1&page=2', 400],
    ['/genre/drama?page[]=1', 400],
    ['/genre/drama?sort=id;drop', 400],
    ['/genre/drama?__proto__[x]=1', 200],
    ['/genre/nowhere', 404],
    ['/genre/__proto__', 404],
    ['/genre/%E0%A4%A', 400],
  ])('%s answers %i', async (path, status) => {
    expect((await browser.get(path)).status).toBe(status);
  });
});

describe('ways to browse', () => {
  test('a genre has sub-genres, which lead to films that are both', async () => {
    const { text } = await browser.get('/genre/horror'),
      [href] = [...text.matchAll(/href="(\/genre\/horror\/[^"]+)"/g)].map(([, found]) => found!);
    const both = cards((await browser.get(href!)).text);
    expect(both.length).toBeGreaterThanOrEqual(3);
    expect((await browser.get(`/keyword/${href!.split('/').at(-1)}`)).status).toBe(200);
    for (const path of ['/genre/horror/nowhere', '/keyword/nowhere', '/decade/1234', '/decade/abc', '/decade/1980x'])
      expect([path, (await browser.get(path)).status]).toEqual([path, 404]);
  });

  test('decades hold the films of their years', async () => {
    expect((await browser.get('/decades')).text).toContain('href="/decade/1980"');
    const years = [...(await browser.get('/decade/1980')).text.matchAll(/class="card-year">(\d+)</g)].map(([, year]) => Number(year));
    expect(years.length).toBeGreaterThan(20);
    for (const year of years) expect(Math.floor(year / 10)).toBe(198);
  });

  test('the top films stand in the order of the damped mean that the page explains', async () => {
    const { text } = await browser.get('/top?genre=drama&decade=1990');
    expect(text).toContain('(sum of stars + 10 × 3) ÷ (ratings + 10)');
    const means = [...text.matchAll(/<\/svg>\s*([\d.]+)<\/span> · /g)].map(([, mean]) => Number(mean));
    expect(means.length).toBeGreaterThan(5);
    expect(means).toEqual(means.toSorted((a, b) => b - a));
    expect((await browser.get('/top?genre=nowhere')).status).toBe(400);
    expect((await browser.get('/top?decade=1893')).status).toBe(400);
  });

  test('a person who directed and played has both lists, and a role on each card', async () => {
    const { id } = (await app.sql.one<{ id: number }>(
      `select person as id from credit group by person having count(distinct job) = 2 order by count(*) desc limit 1`,
    ))!;
    const { text } = await browser.get(`/person/${id}`);
    expect(text).toContain(`/person/${id}?job&#x3D;director`);
    const one = (await browser.get(`/person/${id}?job=director&sort=year`)).text;
    expect(cards(one).length).toBeLessThanOrEqual(cards(text).length);
    expect(one).toContain('Director');
    expect((await browser.get(`/person/${id}?job=chef`)).status).toBe(400);
  });
});

test.each(['/person/0', '/person/999999', '/person/x'])('%s is not there', async (path) => {
  expect((await browser.get(path)).status).toBe(404);
});

test('the about page says that the ratings are simulated and what is remembered', async () => {
  const { text } = await browser.get('/about');
  expect(text).toContain('simulated');
  expect(text).toContain('What is remembered');
});

/** Looks again until it holds; the listener of the bus answers in its own time. */
async function waitUntil(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) if (await holds()) return;
  throw new Error('It did not come to hold.');
}

describe('the page that says why', () => {
  test('names the films that speak for one, with shares that add up to about 100 %', async () => {
    await browser.post(`/film/${await film('Alien')}/rating`, { stars: '5', next: '/' });
    await browser.post(`/film/${await film('Psycho')}/rating`, { stars: '4.5', next: '/' });
    const home = await browser.get('/');
    const [why] = [...home.text.matchAll(/href="(\/film\/\d+\/why)">Because you liked/g)].map(([, href]) => href!);
    const { status, text } = await browser.get(why!);
    expect(status).toBe(200);
    const shares = [...text.matchAll(/<span>(\d+) %<\/span>/g)].map(([, share]) => Number(share));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(40);
    expect(text).toMatch(/Alien|Psycho/);
    expect(text).toContain('Alike in content');
  });

  test('tells somebody new that it is what most viewers like', async () => {
    const { text } = await browser.get(`/film/${await film('Alien')}/why`);
    expect(text).toContain('You have not rated a film yet');
    expect(text).toContain('Popularity');
  });

  test('does not know a film that does not exist', async () => {
    expect((await browser.get('/film/999999/why')).status).toBe(404);
    expect((await browser.get('/film/x/why')).status).toBe(404);
  });
});
