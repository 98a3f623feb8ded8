import request from 'supertest';
import { Tokens } from '../../plugins/api/api.ts';
import type { Booted } from '../harness/app.ts';
import { bootSite } from './site.ts';

let app: Booted;
let token: string;
beforeAll(async () => {
  app = await bootSite();
  token = await app.host.find(Tokens)!.create('test', 'read', 1);
}, 60_000);
afterAll(() => app.stop());

const get = (path: string) => request(app.http).get(`/api/v1${path}`).set('authorization', `Bearer ${token}`);
const alien = async (): Promise<number> => (await app.sql.one<{ id: number }>(`select id from film where title = 'Alien'`))!.id;

test('films are found by a mistyped title', async () => {
  const { status, body } = await get('/films?q=pulp+ficton');
  expect(status).toBe(200);
  expect(body.films[0]).toMatchObject({ title: 'Pulp Fiction', year: 1994, directors: ['Quentin Tarantino'] });
});

test('all films come in pages, each once', async () => {
  const pages = await Promise.all([1, 2, 3, 4, 5].map(async (page) => (await get(`/films?limit=100&page=${page}`)).body));
  const ids = pages.flatMap(({ films }) => films.map(({ id }: { id: number }) => id));
  expect(new Set(ids).size).toBe(pages[0].total);
  expect(pages[0]).toMatchObject({ page: 1, pages: 5 });
});

test('a film comes with its cast and ratings', async () => {
  const { body } = await get(`/films/${await alien()}`);
  expect(body).toMatchObject({ title: 'Alien', runtime: 117, directors: ['Ridley Scott'], ratings: expect.any(Number) });
  expect(body.cast).toContainEqual(expect.objectContaining({ name: 'Sigourney Weaver', role: expect.stringContaining('Ripley') }));
  expect(Object.keys(body)).not.toContain('hidden');
});

test('similar films are others, and nobody is recorded as having seen them', async () => {
  const id = await alien(),
    { body } = await get(`/films/${id}/similar?limit=5`);
  expect(body.films).toHaveLength(5);
  expect(body.films.map((film: { id: number }) => film.id)).not.toContain(id);
  expect(await app.sql.rows('select from served_list')).toHaveLength(0);
});

test.each([
  ['/films/999999', 404],
  ['/films/abc', 422],
  ['/films/0', 422],
  ['/films/2147483648', 422],
  ['/films?limit=1000', 422],
  ['/films?page=-1', 422],
  ['/films?page=999999', 200],
  ['/films/999999/similar', 404],
  ['/films?q=a%00b', 400],
])('%s answers %i', async (path, status) => {
  expect((await get(path)).status).toBe(status);
});

test('a hidden film is not there', async () => {
  const id = (await app.sql.one<{ id: number }>(`update film set hidden = true where title = 'Ran' returning id`))!.id;
  expect((await get(`/films/${id}`)).status).toBe(404);
});
