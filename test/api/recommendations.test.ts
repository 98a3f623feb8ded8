import { randomUUID } from 'node:crypto';
import { bootApi, type ApiSite } from './site.ts';

interface Film {
  readonly position: number;
  readonly id: number;
  readonly score: number;
  readonly reason: { text: string; film: number | null } | null;
  readonly algorithms: { id: string; share: number }[];
}
interface Answer {
  readonly list: string;
  readonly blend: { name: string; version: number };
  readonly films: Film[];
}

let site: ApiSite;
beforeAll(async () => {
  site = await bootApi();
});
afterAll(() => site.stop());

const ask = async (user: string | number, query = ''): Promise<Answer> => {
  const { status, body } = await site.call('get', `/users/${user}/recommendations${query}`, site.read);
  expect(status).toBe(200);
  return body as Answer;
};
const ids = ({ films }: Answer): number[] => films.map(({ id }) => id);
const tell = (fields: object) =>
  site
    .call('post', '/interactions')
    .send({ interactions: [{ id: randomUUID(), user: 'ida', ...fields }] })
    .expect(200);

test('come best first, with places, reasons and shares, from the blend in service', async () => {
  const answer = await ask('ida', '?size=6');
  expect(answer.blend).toEqual({ name: 'Everyday', version: 1 });
  expect(answer.films.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5]);
  const scores = answer.films.map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  for (const { algorithms, reason } of answer.films) {
    expect(algorithms.map(({ id }) => id).sort()).toEqual(['popularity', 'user-knn']);
    expect(algorithms.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    expect(algorithms[0]!.share).toBeGreaterThanOrEqual(algorithms[1]!.share);
    expect(reason!.text.length).toBeGreaterThan(10);
  }
  const named = answer.films.find(({ reason }) => reason?.film != null)!.reason!;
  const rated = await site.sql.one<{ title: string; stars: number }>(
    'select f.title, r.stars from rating r join film f on f.id = r.film where r.unit = $1 and r.film = $2',
    [site.viewer.unit, named.film],
  );
  expect(named.text).toContain(rated!.title);
});

test('leave out what the viewer rated and what is hidden, and follow the very next rating', async () => {
  const before = await ask('ida', '?size=100'),
    first = ids(before)[0]!;
  const rated = (await site.sql.rows<{ film: number }>('select film from rating where unit = $1', [site.viewer.unit])).map(({ film }) => film);
  expect(ids(before).filter((id) => rated.includes(id) || id === site.films.at(-1))).toEqual([]);
  await tell({ film: first, kind: 'rating', stars: 1 });
  const after = await ask('ida', '?size=100');
  expect(ids(after)).not.toContain(first);
  expect(after.films.map(({ score }) => score)).not.toEqual(before.films.slice(1).map(({ score }) => score));
  await tell({ film: ids(after)[0]!, kind: 'dismissed' });
  expect(ids(await ask('ida', '?size=100'))).not.toContain(ids(after)[0]);
});

test('are paged without a film twice, and are the same by id and by handle', async () => {
  const all = ids(await ask('ida', '?size=12'));
  expect([...ids(await ask('ida', '?size=5')), ...ids(await ask(site.viewer.account, '?size=7&offset=5'))]).toEqual(all);
  expect((await ask('ida', '?size=5&offset=1000')).films).toEqual([]);
});

test('go to a new visitor too: first what is popular, then what fits the first ratings', async () => {
  const visitor = 'visitor:shop-customer-1';
  const popular = await ask(visitor, '?size=5');
  expect(popular.films).toHaveLength(5);
  for (const { algorithms } of popular.films) expect(algorithms[0]!.id).toBe('popularity');
  // Who likes films with one remainder of four likes the others with it.
  const liked = [3, 7, 11, 15].map((n) => site.films[n]!),
    taste = liked[0]! % 4;
  for (const film of liked) await tell({ user: visitor, film, kind: 'rating', stars: 5 });
  const personal = await ask(visitor, '?size=5');
  const fitting = (answer: Answer): number => ids(answer).filter((id) => id % 4 === taste).length;
  expect(fitting(personal)).toBeGreaterThan(fitting(popular));
});

describe('the list', () => {
  test('is recorded as it was answered, under its surface and blend', async () => {
    const answer = await ask('ida', '?size=4&surface=mail.weekly');
    const row = await site.sql.one<Record<string, unknown>>('select unit, surface, films, algorithms, blend_version from served_list where id = $1', [
      answer.list,
    ]);
    expect(row).toEqual({
      unit: site.viewer.unit,
      surface: 'api.mail.weekly',
      films: ids(answer),
      blend_version: site.blends.current()!.id,
      algorithms: answer.films.map(({ algorithms }) => algorithms[0]!.id),
    });
    expect((await site.sql.one<{ surface: string }>('select surface from served_list where id = $1', [(await ask('ida')).list]))!.surface).toBe(
      'api.for-you',
    );
  });

  test('takes clicks for the viewer it was made for, each place once', async () => {
    const answer = await ask('ida', '?size=4'),
      path = `/lists/${answer.list}/clicks`;
    for (const position of [2, 2, 0]) expect((await site.call('post', path).send({ position })).body).toEqual({ film: ids(answer)[position] });
    expect(await site.sql.rows('select position, film, unit from click where list = $1 order by position', [answer.list])).toEqual([
      { position: 0, film: ids(answer)[0], unit: site.viewer.unit },
      { position: 2, film: ids(answer)[2], unit: site.viewer.unit },
    ]);
  });

  test('gets the credit for a rating that comes after it, once however often it is sent', async () => {
    const answer = await ask('ida', '?size=4'),
      interaction = { id: randomUUID(), film: ids(answer)[1]!, kind: 'rating', stars: 5 };
    for (let times = 0; times < 2; times++) await tell(interaction);
    await site.events.settled();
    expect(await site.sql.rows('select position, kind from outcome where list = $1', [answer.list])).toEqual([{ position: 1, kind: 'rating' }]);
  });
});

test('a new version of the blend counts for the next list', async () => {
  const { blend, id } = site.blends.current()!;
  await site.blends.save(blend, id, { weights: { popularity: 1 }, normalisation: 'standard', diversity: 0 }, '', null);
  const answer = await ask('ida', '?size=3');
  expect(answer.blend.version).toBe(2);
  for (const { algorithms } of answer.films) expect(algorithms).toEqual([{ id: 'popularity', share: 1 }]);
});

test('switching the plugin off takes its operation away, from the routes and from the document, and on brings it back', async () => {
  const operations = async (): Promise<string[]> => Object.keys((await site.call('get', '/openapi.json', '')).body.paths as object);
  const before = await operations();
  await site.toggle('recommendations', false);
  expect((await site.call('get', '/users/ida/recommendations')).status).toBe(404);
  expect(await operations()).toEqual(before.filter((path) => path !== '/users/{id}/recommendations'));
  expect((await site.call('get', '/users/ida/history')).status).toBe(200);
  await site.toggle('recommendations', true);
  expect((await operations()).sort()).toEqual([...before].sort());
  await ask('ida');
});
