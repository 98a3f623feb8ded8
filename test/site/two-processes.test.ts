import pg from 'pg';
import { plugins } from '../../config/plugins.ts';
import { loadSecrets } from '../../config/secrets.ts';
import { Browser } from '../harness/app.ts';
import { testDatabase, type TestDatabase } from '../harness/database.ts';
import { BuiltProcess, SiteProcess, dataFolder, freePort, until } from './process.ts';

/** Two processes of one site: one does everything, the other one serves pages only. */
let database: TestDatabase, all: SiteProcess, web: SiteProcess, folder: ReturnType<typeof dataFolder>, client: pg.Client;
const password = 'three blind mice run';

beforeAll(async () => {
  database = await testDatabase();
  folder = dataFolder();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  all = await started('all');
  web = await started('web');
}, 240_000);

afterAll(async () => {
  const codes = await Promise.all([all, web].map((one) => one?.stop()));
  await client.end();
  await database.drop();
  folder.remove();
  expect(codes).toEqual([0, 0]);
}, 60_000);

async function started(role: 'all' | 'web'): Promise<SiteProcess> {
  const environment = {
    DATABASE_URL: database.url,
    DATA_DIR: folder.path,
    SESSION_SECRET: 'the same for all processes of the site',
    ROLE: role,
    PORT: await freePort(),
    // Not while the tests run: what happens does so because of them.
    UPDATE_CRON: '0 0 1 1 *',
  };
  return new SiteProcess(environment).ready();
}

test('both follow a plugin that is switched off and on', async () => {
  const manager = new Browser(all.base);
  await manager.signIn('manager@marquee.local', loadSecrets(folder.path).manager);
  for (const enabled of [false, true]) {
    const { body } = await manager.agent.get('/admin/data/core/plugins');
    const { version } = (body as { plugins: { id: string; version: number }[] }).plugins.find(({ id }) => id === 'social')!;
    await manager.agent.post('/admin/data/core/plugins/social').set('sec-fetch-site', 'same-origin').send({ enabled, version }).expect(200);
    await Promise.all([all, web].map(({ base }) => until(`${base} follows`, async () => (await fetch(`${base}/people`)).ok === enabled, 2_000)));
  }
}, 20_000);

test('a rating through one is in the next list of the other', async () => {
  const here = await signedUp(all, 'traveller'),
    there = new Browser(web.base);
  await there.signIn('traveller@example.org', password);
  expect((await there.get('/')).text).not.toContain('Because you liked');
  await rate(here, 5, 4.5);
  expect((await there.get('/')).text).toContain('Because you liked Battleship Potemkin');
  await rate(there, 5, 1);
  expect((await here.get('/')).text).not.toContain('Because you liked');
});

describe('algorithms', () => {
  let manager: Browser;
  beforeAll(async () => {
    manager = new Browser(web.base);
    await manager.signIn('manager@marquee.local', loadSecrets(folder.path).manager);
  });

  /** In the process that serves pages only. */
  async function why(unit: number, film: number): Promise<Why> {
    const spec = { weights: Object.fromEntries(ids.map((id) => [id, 1])) };
    const { body } = await manager.agent.post('/admin/data/core/why').set('sec-fetch-site', 'same-origin').send({ unit, film, spec }).expect(200);
    return body as Why;
  }
  const said = async (unit: number, film: number): Promise<Readonly<Record<string, number | null>>> =>
    Object.fromEntries((await why(unit, film)).algorithms.map(({ algorithm, score }) => [algorithm, score]));

  test('all that are personal say something else after a rating through the other process', async () => {
    const viewer = await signedUp(all, 'mover'),
      [known, film] = await mostRated();
    await rate(viewer, 5, 4.5);
    const before = await said(await unitOf('mover'), film!);
    await rate(viewer, known!, 4);
    const after = await said(await unitOf('mover'), film!);
    expect(Object.keys(before).sort()).toEqual(ids.toSorted());
    expect(ids.filter((id) => after[id] === before[id]).sort()).toEqual(['popularity', 'trending']);
  });

  test('each says all of what made its score, and together they do', async () => {
    const viewer = await signedUp(web, 'regular'),
      rated = Array.from({ length: 20 }, (_, i) => 10 + i);
    for (const film of rated) await rate(viewer, film, 3.5 + (film % 3) / 2);
    const { algorithms, films } = await why(await unitOf('regular'), 5);
    const sums = algorithms.filter(({ reasons }) => reasons.some(({ share }) => share !== undefined)).map(({ reasons }) => reasons);
    expect(sums.length).toBeGreaterThan(4);
    for (const reasons of sums) expect(reasons.reduce((sum, { share }) => sum + share!, 0)).toBeCloseTo(1, 5);
    expect(Math.max(...sums.map(({ length }) => length))).toBeGreaterThan(10);
    expect(films.length).toBeGreaterThan(10);
  });

  test('a new film has its place by what it is like within seconds, before anybody rated it', async () => {
    const { id } = (
      await client.query<{ id: number }>(
        `insert into film (title, year, plot) select 'The same once more', 2024, plot from film where id = 5 returning id`,
      )
    ).rows[0]!;
    await client.query('insert into film_genre select $1, genre, ord from film_genre where film = 5', [id]);
    await client.query(`select pg_notify('marquee', 'catalogue ')`);
    const unit = await unitOf('mover');
    await until('it has a place', async () => typeof (await said(unit, id))['content'] === 'number', 60_000);
    expect((await said(unit, id))['ials']).toBe(null);
  }, 90_000);
});

test('a stop lets the request in flight finish and takes no new one', async () => {
  const viewer = await signedUp(web, 'patient');
  await client.query('begin');
  await client.query('lock table rating in access exclusive mode');
  const answer = rate(viewer, 7, 4);
  await until('the rating waits for the lock', async () => (await waiting()) > 0, 5_000);
  const stopped = web.stop();
  await until(
    'nobody listens any more',
    () =>
      fetch(`${web.base}/healthz`).then(
        () => false,
        () => true,
      ),
    5_000,
  );
  await client.query('commit');
  expect((await answer).status).toBe(303);
  expect(await stopped).toBe(0);
  expect(await ratings('patient')).toEqual([7]);
  web = await started('web');
}, 60_000);

test('a process that is killed loses no rating that it acknowledged', async () => {
  const viewer = await signedUp(web, 'hasty'),
    csrf = await viewer.token('/account');
  const acknowledged: number[] = [],
    films = Array.from({ length: 400 }, (_, i) => i + 1);
  const lane = async (): Promise<void> => {
    for (let film = films.shift(); film !== undefined; film = films.shift()) {
      const { status } = await viewer.agent.post(`/film/${film}/rating`).type('form').send({ csrf, stars: 3 });
      if (status === 303) acknowledged.push(film);
    }
  };
  const lanes = Promise.allSettled(Array.from({ length: 8 }, lane));
  await until('many ratings are acknowledged', async () => acknowledged.length >= 100, 20_000);
  expect(await web.kill()).toBe(null);
  await lanes;
  expect(films.length).toBeGreaterThan(0);
  const kept = new Set(await ratings('hasty'));
  expect(acknowledged.filter((film) => !kept.has(film))).toEqual([]);
  web = await started('web');
  const again = new Browser(web.base);
  await again.signIn('hasty@example.org', password);
  expect((await again.get('/ratings')).text).toContain(`${kept.size} films`);
}, 60_000);

test.each([
  ['variables that are wrong are all named', { PORT: 'http', ROLE: 'server' }, 78, [/PORT must be .*'http'/, /ROLE must be one of all, web, worker/]],
  ['a database that cannot be reached', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/films' }, 1, [/DATABASE_URL cannot be reached/]],
])('the start ends with a message and a code: %s', async (_name, env, code, messages) => {
  const attempt = new BuiltProcess('config/main', [], { DATA_DIR: folder.path, ...env });
  expect(await attempt.ended).toBe(code);
  for (const message of messages) expect(attempt.output).toMatch(message);
});

test('a port in use ends the start with a message and a code', async () => {
  const second = new BuiltProcess('config/main', [], { DATABASE_URL: database.url, DATA_DIR: folder.path, PORT: new URL(all.base).port });
  expect(await second.ended).toBe(78);
  expect(second.output).toMatch(/cannot be used \(EADDRINUSE\)\. Set PORT/);
});

async function signedUp(site: SiteProcess, handle: string): Promise<Browser> {
  const browser = new Browser(site.base);
  const { status } = await browser.post('/sign-up', { name: handle, handle, email: `${handle}@example.org`, password }, '/sign-up');
  expect(status).toBe(303);
  return browser;
}

const rate = (browser: Browser, film: number, stars: number) => browser.post(`/film/${film}/rating`, { stars }, '/account');

interface Why {
  readonly films: readonly object[];
  readonly algorithms: readonly {
    readonly algorithm: string;
    readonly score: number | null;
    readonly reasons: readonly { readonly share?: number }[];
  }[];
}
const ids = plugins.flatMap(({ algorithms = [] }) => algorithms.map(({ id }) => id));

const mostRated = async (): Promise<number[]> =>
  (await client.query<{ id: number }>('select id from film where id <> 5 order by rating_count desc, id limit 2')).rows.map(({ id }) => id);

const unitOf = async (handle: string): Promise<number> =>
  (await client.query<{ id: number }>('select u.id from unit u join account a on a.id = u.account where a.handle = $1', [handle])).rows[0]!.id;

const waiting = async (): Promise<number> =>
  (await client.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rowCount!;

const ratings = async (handle: string): Promise<number[]> =>
  (
    await client.query<{ film: number }>(
      'select r.film from rating r join unit u on u.id = r.unit join account a on a.id = u.account where a.handle = $1 order by r.film',
      [handle],
    )
  ).rows.map(({ film }) => film);
