import type { Booted, Browser } from '../harness/app.ts';
import { bootSite } from './site.ts';

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

describe('search', () => {
  test('forgives typing mistakes and finds people', async () => {
    expect((await browser.get('/search?q=pulp+ficton')).text).toContain('Pulp Fiction');
    const kubrick = (await browser.get('/search?q=kubrik')).text;
    expect(kubrick).toContain('Stanley Kubrick');
    expect(kubrick).toContain('The Shining');
    const person = /href="(\/person\/\d+)"/.exec(kubrick)![1]!;
    expect(cards((await browser.get(person)).text).length).toBeGreaterThanOrEqual(4);
  });

  test('says what to do when nothing is found, and when nothing was typed', async () => {
    expect((await browser.get('/search?q=qqxxzz')).text).toContain('Browse genres');
    expect((await browser.get('/search')).text).toContain('/genre/crime');
  });

  test('shows what was typed as text', async () => {
    const { text } = await browser.get(`/search?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('&lt;script&gt;alert(1)');
  });

  test.each([
    ['q=a%00b', 400],
    ['q=a&q=b', 400],
    ['q[x]=a', 400],
    ['q=x&page=-3', 400],
    [`q=${encodeURIComponent('😀'.repeat(500))}`, 200],
    ['q=%ff', 400],
    ['q=%27%20or%201=1--', 200],
  ])('?%s answers %i', async (query, status) => {
    expect((await browser.get(`/search?${query}`)).status).toBe(status);
  });
});

describe('suggestions', () => {
  const suggest = async (query: string) => browser.agent.get(`/search/suggest?${query}`).set('accept', 'application/json');
  const kinds = async (text: string): Promise<string[]> =>
    ((await suggest(`q=${text}`)).body.suggestions as { kind: string; title: string; href: string }[]).map(({ kind, title }) => `${kind} ${title}`);

  test('name films, people, genres and keywords, and each leads to its page', async () => {
    expect(await kinds('alie')).toContain('film Alien');
    expect(await kinds('kubr')).toContain('person Stanley Kubrick');
    expect(await kinds('dram')).toContain('genre Drama');
    expect(await kinds('heist')).toContain('keyword heist');
    for (const { href } of (await suggest('q=heist')).body.suggestions) expect([href, (await browser.get(href)).status]).toEqual([href, 200]);
    expect(await kinds('a')).toEqual([]);
  });

  test('are the search itself for a browser', async () => {
    const { status, headers } = await browser.get('/search/suggest?q=the+th%26ing');
    expect([status, headers['location']]).toEqual([303, '/search?q=the%20th%26ing']);
  });

  test.each(['q=a%00b', 'q=a&q=b', 'q[x]=a', 'q=%ff'])('?%s answers 400', async (query) => {
    expect((await suggest(query)).status).toBe(400);
  });
});

describe('filters', () => {
  test('browse all films without a text, and leave out what was seen', async () => {
    const path = '/search?genre=horror&from=1970&to=1989&length=90-120&stars=any',
      id = await film('Alien'),
      shows = async (query: string): Promise<boolean> => (await browser.get(query)).text.includes(`/poster/${id}.svg`);
    expect(await shows(path)).toBe(true);
    expect(await shows('/search?genre=horror&from=1980')).toBe(false);
    await browser.post(`/film/${id}/rating`, { stars: '5', next: '/' });
    expect(await shows(`${path}&unseen=1`)).toBe(false);
    expect(await shows('/search?q=alien&unseen=1')).toBe(false);
    expect(await shows('/search?q=alien&stars=any')).toBe(true);
    expect((await browser.get('/search?q=alien&from=2020')).text).toContain('No film fits all of that');
  });

  test.each([
    'genre=nowhere',
    'from=abc',
    'to=99999',
    'from=2000&to=1990',
    'length=1',
    'stars=9',
    'stars=NaN',
    'unseen=yes',
    'sort=id',
    'from=-1',
    'genre=a&genre=b',
  ])('?%s answers 400 and says why', async (query) => {
    const { status, text } = await browser.get(`/search?${query}`);
    expect(status).toBe(400);
    expect(text).toContain('That did not work');
  });
});
