import { z } from 'zod';
import { encode } from '../../recommend/models/format.ts';
import type { Trained } from '../../recommend/models/store.ts';
import { defineAlgorithm } from '../../core/plugin.ts';
import { Catalogues } from '../../recommend/ports.ts';
import { makeFakes } from '../harness/fakes/index.ts';
import { consoleBench, operator, type ConsoleBench } from './fixture/console.ts';

/** Scores are the model. */
const plain = (id: string) =>
  defineAlgorithm({
    id,
    title: `Plain ${id}`,
    description: 'For tests.',
    settings: z.object({}),
    train: () => ({ scores: new Float32Array() }),
    score: ({ scores }, _viewer, out) => out.set(scores),
  });
const made = (algorithm: string, scores: readonly number[], ndcg10 = 0.2): Trained => ({
  algorithm,
  bytes: encode({ scores: Float32Array.from(scores) }),
  settings: {},
  metrics: { hitRate10: 0.5, ndcg10, coverage10: 0.1, viewers: 10 },
  films: scores.length,
  ratings: 7,
  fingerprint: 'f',
  seconds: 1,
});

let bench: ConsoleBench;
beforeEach(async () => {
  const fakes = makeFakes({ films: 6, hidden: [6] });
  await fakes.history.watch(1, 5, new Date());
  bench = await consoleBench({
    plugins: [plain('a'), plain('b')],
    recommender: fakes.recommender,
    host: { status: () => 'on', failure: () => undefined, find: (ref) => (ref.id === Catalogues.id ? fakes.films : undefined) as never },
  });
});
afterEach(() => bench.stop());

const data = '/admin/data/core';
interface Listed {
  readonly id: string;
  readonly serving: object | null;
  readonly versions: { readonly version: number; readonly active: boolean; readonly refused: boolean; readonly verdict: string }[];
}
const algorithm = async (id: string): Promise<Listed> => {
  const { body } = await bench.as('manager').get(`${data}/algorithms`).expect(200);
  return (body as { algorithms: Listed[] }).algorithms.find((one) => one.id === id)!;
};
const audits = () => bench.sql.rows('select operator, action, subject, after from audit_log order by id');

test('the versions are listed with what the gate said and what serves', async () => {
  const { id } = await bench.models.publish(made('a', [1, 2, 3]));
  await bench.models.publish(made('a', [3, 2, 1], 0.1));
  await bench.models.refresh();
  expect(await algorithm('a')).toMatchObject({
    serving: { id, version: 1, revision: 0 },
    versions: [
      { version: 2, active: false, refused: true, verdict: expect.stringContaining('50 % below') },
      { version: 1, active: true, refused: false, broken: null, update: null, fingerprint: 'f', peakBytes: null },
    ],
  });
  expect(await algorithm('b')).toMatchObject({ serving: null, versions: [] });
});

test('a manager serves a refused version nevertheless; the audit row says so', async () => {
  await bench.models.publish(made('a', [1, 2, 3]));
  const { id, verdict } = await bench.models.publish(made('a', [3, 2, 1], 0.1));
  await bench.as('viewer').post(`${data}/models/${id}/activate`, {}).expect(403);
  await bench.as('manager').post(`${data}/models/${id}/activate`, {}).expect(200);
  expect((await algorithm('a')).versions.map(({ active }) => active)).toEqual([true, false]);
  expect(await audits()).toEqual([
    { operator, action: 'model.activate', subject: 'algorithm a', after: { model: id, version: 2, refused: verdict } },
  ]);
  for (const wrong of ['999', '0', 'x', '99999999999']) await bench.as('manager').post(`${data}/models/${wrong}/activate`, {}).expect(404);
});

test('a switch and its audit row commit together', async () => {
  const { id } = await bench.models.publish(made('a', [1]));
  await bench.models.publish(made('a', [2]));
  await bench.sql.rows('alter table audit_log add constraint nobody check (operator is null) not valid');
  await bench.as('manager').post(`${data}/models/${id}/activate`, {}).expect(500);
  await bench.as('manager').post(`${data}/models/policy`, { tolerance: 0.3, kept: 4, version: 0 }).expect(500);
  expect((await algorithm('a')).versions.map(({ active }) => active)).toEqual([true, false]);
  expect(await bench.sql.one('select tolerance, kept from model_policy')).toEqual({ tolerance: 0.1, kept: 5 });
});

test('a broken version is refused with what to do', async () => {
  const { id } = await bench.models.publish(made('a', [1]));
  await bench.models.publish(made('a', [2]));
  await bench.sql.rows('delete from model_chunk where model = $1', [id]);
  const { body } = await bench.as('manager').post(`${data}/models/${id}/activate`, {}).expect(409);
  expect(body).toMatchObject({ error: { message: 'This version is broken. It holds no bytes. Train the algorithm again.' } });
  expect(await audits()).toEqual([]);
});

test('the policy is changed with its audit row; wrong and stale values are named', async () => {
  const change = (body: object) => bench.as('manager').post(`${data}/models/policy`, body);
  await change({ tolerance: 0.25, kept: 3, version: 0 }).expect(200);
  expect((await bench.as('manager').get(`${data}/algorithms`)).body).toMatchObject({ policy: { tolerance: 0.25, kept: 3, version: 1 } });
  expect(await audits()).toEqual([{ operator, action: 'model.policy', subject: 'models', after: { tolerance: 0.25, kept: 3 } }]);
  await change({ tolerance: 0.3, kept: 3, version: 0 }).expect(409);
  const { body } = await change({ tolerance: -1, kept: 2.5, version: 1 }).expect(422);
  expect(body).toMatchObject({ error: { fields: { tolerance: expect.any(String), kept: expect.any(String) } } });
});

describe('comparing', () => {
  const compare = (query: string) => bench.as('manager').get(`${data}/models/compare?${query}`);

  test('lists what each version would by itself, best unseen films first, and changes nothing', async () => {
    const { id: first } = await bench.models.publish(made('a', [1, 2, 3, 4, 5, 6]));
    const { id: second } = await bench.models.publish(made('a', [9, 8, 7, 6, 5]));
    await bench.models.refresh();
    const { body } = await compare(`before=${first}&after=${second}&unit=1`).expect(200);
    const ids = (list: { id: number }[]) => list.map(({ id }) => id);
    // The viewer has seen the fifth, and the sixth is hidden.
    expect([ids(body.before), ids(body.after), body.films]).toEqual([[4, 3, 2, 1], [1, 2, 3, 4], 1]);
    expect(body.before[0]).toMatchObject({ title: expect.any(String), score: 4 });
    expect((await algorithm('a')).serving).toMatchObject({ id: second });
    expect(await audits()).toEqual([]);
  });

  test('refuses versions that are missing, broken or of two algorithms', async () => {
    const { id: a } = await bench.models.publish(made('a', [1])),
      { id: other } = await bench.models.publish(made('b', [1])),
      { id: broken } = await bench.models.publish(made('a', [2]));
    await bench.sql.rows('delete from model_chunk where model = $1', [broken]);
    await compare(`before=${a}&after=${other}&unit=1`).expect(400);
    await compare(`before=${a}&after=999&unit=1`).expect(404);
    expect((await compare(`before=${a}&after=${a}&unit=4711`).expect(404)).body.error.message).toBe('There is no such viewer.');
    await compare(`before=${a}&after=${broken}&unit=1`).expect(409);
    const { body } = await compare(`before=${a}&after=x`).expect(422);
    expect(body).toMatchObject({ error: { fields: { after: 'choose a version', unit: 'choose a viewer' } } });
  });
});
