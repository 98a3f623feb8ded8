import { plugins } from '../../config/plugins.ts';
import { Privacy } from '../../plugins/social/api.ts';
import { addFilms, bootApp, type Booted, type Browser } from '../harness/app.ts';

let app: Booted, ada: Browser, bo: Browser, visitor: Browser, films: number[];
const accountOf = async (handle: string): Promise<number> =>
  (await app.sql.one<{ id: number }>('select id from account where handle = $1', [handle]))!.id;

async function signUp(handle: string): Promise<Browser> {
  const browser = app.browser();
  await browser.post('/sign-up', { name: `Name of ${handle}`, handle, email: `${handle}@example.org`, password: 'a long enough phrase' }, '/sign-up');
  return browser;
}
beforeAll(async () => {
  app = await bootApp({ plugins });
  films = await addFilms(app, [{ title: 'One' }, { title: 'Two' }, { title: 'Three' }, { title: 'Gone', hidden: true }]);
  [ada, bo, visitor] = [await signUp('ada'), await signUp('bo'), app.browser()];
});
afterAll(() => app.stop());
beforeEach(async () => {
  await app.sql.rows('delete from film_list');
  await app.host.find(Privacy)!.setLevel(await accountOf('ada'), 'public', new Date());
});

const post = (browser: Browser, path: string, fields: Record<string, string> = {}) => browser.post(path, fields, '/account');
async function make(fields: Record<string, string> = {}): Promise<number> {
  const { status, headers } = await post(ada, '/lists', { name: 'Rainy Sundays', ...fields });
  expect(status).toBe(303);
  return Number(/^\/list\/(\d+)$/.exec(headers['location']!)![1]);
}
const order = async (list: number): Promise<number[]> =>
  (await app.sql.rows<{ film: number }>('select film from film_list_item where list = $1 order by place', [list])).map(({ film }) => film);

test('a list is made, filled, put in order, annotated, and shown as it stands', async () => {
  const list = await make({ description: 'two\nlines <i>', film: String(films[0]), public: '1' });
  for (const film of films.slice(1, 3)) expect((await post(ada, `/list/${list}/film`, { film: String(film) })).status).toBe(303);
  await post(ada, `/list/${list}/film`, { film: String(films[0]) });
  expect(await order(list)).toEqual(films.slice(0, 3));
  await post(ada, `/list/${list}/film/${films[2]}/move`, { to: 'top' });
  await post(ada, `/list/${list}/film/${films[0]}/move`, { before: '0' });
  expect(await order(list)).toEqual([films[2], films[1], films[0]]);
  await post(ada, `/list/${list}/film/${films[1]}/note`, { note: 'the <b>best</b>' });
  const { text } = await visitor.get(`/list/${list}`);
  expect([...text.matchAll(/class="card-title">(\w+)</g)].map(([, title]) => title)).toEqual(['Three', 'Two', 'One']);
  for (const shown of ['Name of ada', 'lines &lt;i&gt;', 'the &lt;b&gt;best&lt;/b&gt;']) expect(text).toContain(shown);
  await post(ada, `/list/${list}/film/${films[1]}/delete`);
  expect(await order(list)).toEqual([films[2], films[0]]);
  expect((await ada.get(`/list/${list}/edit?add=tw`)).text).toContain('Add Two');
  expect((await visitor.get(`/film/${films[0]}`)).text).toContain('Rainy Sundays');
  expect((await visitor.get('/people/ada')).text).toContain('Rainy Sundays');
  await post(ada, `/list/${list}/delete`);
  expect((await visitor.get(`/list/${list}`)).status).toBe(404);
});

test('a private list is there for its owner alone, on every page', async () => {
  const list = await make({ film: String(films[0]) });
  expect((await ada.get(`/list/${list}`)).status).toBe(200);
  expect((await ada.get('/lists/mine')).text).toContain('Rainy Sundays');
  for (const other of [bo, visitor]) {
    for (const path of ['/lists', `/film/${films[0]}`, '/people/ada']) expect((await other.get(path)).text).not.toContain('Rainy Sundays');
  }
  expect((await bo.get(`/list/${list}`)).status).toBe(404);
  expect((await post(bo, `/list/${list}/like`)).status).toBe(404);
});

test.each([
  ['followers', 404],
  ['private', 404],
  ['public', 200],
] as const)(
  'a public list of somebody whose level is %s answers strangers with %i, and stands on no page that they see otherwise',
  async (level, status) => {
    const list = await make({ public: '1', film: String(films[0]) });
    await app.host.find(Privacy)!.setLevel(await accountOf('ada'), level, new Date());
    for (const other of [bo, visitor]) {
      expect((await other.get(`/list/${list}`)).status).toBe(status);
      for (const path of ['/lists', `/film/${films[0]}`])
        expect([path, (await other.get(path)).text.includes('Rainy Sundays')]).toEqual([path, status === 200]);
    }
    expect((await post(bo, `/list/${list}/like`)).status).toBe(status === 200 ? 303 : 404);
    expect((await ada.get(`/list/${list}`)).status).toBe(200);
  },
);

test('without a policy of who sees whom there are only the own lists', async () => {
  const list = await make({ public: '1', film: String(films[0]) });
  const social = async (enabled: boolean): Promise<void> => {
    await app.settings.change('social', { enabled, version: (await app.settings.state('social')).version }, null);
    await app.host.reconcile(await app.settings.wanted());
  };
  await social(false);
  expect([(await visitor.get(`/list/${list}`)).status, (await bo.get(`/list/${list}`)).status, (await ada.get(`/list/${list}`)).status]).toEqual([
    404, 404, 200,
  ]);
  expect((await visitor.get('/lists')).text).not.toContain('Rainy Sundays');
  await social(true);
  expect((await visitor.get(`/list/${list}`)).status).toBe(200);
});

test('others like a list once, take it back, and its owner is told; nobody likes the own one', async () => {
  const list = await make({ public: '1', film: String(films[0]) });
  for (let i = 0; i < 2; i++) expect((await post(bo, `/list/${list}/like`)).status).toBe(303);
  expect((await visitor.get(`/list/${list}`)).text).toContain('1 like');
  expect((await ada.get('/notifications')).text).toContain('Rainy Sundays');
  await post(bo, `/list/${list}/like/delete`);
  expect((await visitor.get(`/list/${list}`)).text).not.toContain('1 like');
  expect((await post(ada, `/list/${list}/like`)).status).toBe(422);
  expect((await visitor.post(`/list/${list}/like`)).headers['location']).toMatch(/^\/sign-in/);
});

test('nobody else changes a list, whatever they send', async () => {
  const list = await make({ public: '1', film: String(films[0]) });
  const attempts: [string, Record<string, string>][] = [
    ['', { name: 'Mine', version: '1' }],
    ['/delete', {}],
    ['/film', { film: String(films[1]) }],
    [`/film/${films[0]}/delete`, {}],
    [`/film/${films[0]}/move`, { to: 'up' }],
    [`/film/${films[0]}/note`, { note: 'x' }],
  ];
  for (const [path, fields] of attempts) {
    expect([path, (await post(bo, `/list/${list}${path}`, fields)).status]).toEqual([path, 404]);
    expect([path, (await visitor.post(`/list/${list}${path}`, fields)).headers['location']]).toEqual([path, expect.stringMatching(/^\/sign-in/)]);
  }
  await post(bo, '/lists', { name: 'Of bo', account: String(await accountOf('ada')), id: String(list), likes: '9' });
  expect(await app.sql.rows('select account, name from film_list order by id')).toEqual([
    { account: await accountOf('ada'), name: 'Rainy Sundays' },
    { account: await accountOf('bo'), name: 'Of bo' },
  ]);
  expect(await order(list)).toEqual([films[0]]);
});

test('of two changes to one version the second is refused', async () => {
  const list = await make();
  expect((await post(ada, `/list/${list}`, { name: 'First', version: '1', public: '1' })).status).toBe(303);
  expect((await post(ada, `/list/${list}`, { name: 'Second', version: '1' })).status).toBe(409);
  expect(await app.sql.rows('select name, public from film_list')).toEqual([{ name: 'First', public: true }]);
});

test.each([
  ['/lists', { name: '' }, 422],
  ['/lists', { name: ' \u202e ' }, 422],
  ['/lists', { name: 'x'.repeat(101) }, 422],
  ['/lists', { name: 'x', description: 'y'.repeat(2001) }, 422],
  ['/lists', { name: 'x', film: 'abc' }, 404],
  ['/lists', { name: 'x', film: '2147483648' }, 404],
] as const)('%s with %p answers %i, and nothing is stored', async (path, fields, status) => {
  expect((await post(ada, path, fields as Record<string, string>)).status).toBe(status);
  expect(await app.sql.rows('select from film_list')).toEqual([]);
});

test('wrong ids, pages and orders are refused', async () => {
  const list = await make();
  for (const id of ['0', '-1', 'abc', '2147483648', '999999']) expect([id, (await ada.get(`/list/${id}`)).status]).toEqual([id, 404]);
  for (const path of [
    '/lists?page=0',
    '/lists?page=NaN',
    '/lists?page=1e9',
    '/lists?sort=__proto__',
    '/lists?sort=a&sort=b',
    `/list/${list}?page=-1`,
  ])
    expect([path, (await ada.get(path)).status]).toEqual([path, 400]);
  for (const film of [films[3]!, 999_999, 'abc']) expect((await post(ada, `/list/${list}/film`, { film: String(film) })).status).toBe(404);
  expect((await post(ada, `/list/${list}/film/${films[0]}/move`, { to: 'up' })).status).toBe(404);
});
