import { consoleBench, operator, type ConsoleBench } from './fixture/console.ts';
import { BlendSpec } from '../../recommend/blend-spec.ts';

describe('suggested weights in the console', () => {
  let bench: ConsoleBench, version: number;
  const enqueued: unknown[] = [];
  beforeAll(async () => {
    bench = await consoleBench({
      jobs: {
        enqueue: async (_tx, name, payload) => {
          enqueued.push([name, payload]);
          return 5;
        },
        cancel: async () => {},
      },
    });
    version = (await bench.blends.create('House', BlendSpec.parse({ weights: { svd: 1 } }), operator)).id;
  });
  afterAll(() => bench.stop());

  test('are asked for by managers, with an audit row, and change nothing by themselves', async () => {
    await bench.as('viewer').post('/admin/data/core/suggestion', { version }).expect(403);
    const { body } = await bench.as('manager').post('/admin/data/core/suggestion', { version }).expect(202);
    expect([body, enqueued]).toEqual([{ run: 5 }, [['blend.suggest', { version }]]]);
    expect(await bench.sql.one(`select operator, subject from audit_log where action = 'blend.suggest'`)).toEqual({
      operator,
      subject: `blend version ${version}`,
    });
    expect(bench.blends.current()?.version).toBe(1);
  });

  test('are refused for a version that does not exist', async () => {
    await bench.as('manager').post('/admin/data/core/suggestion', { version: 999 }).expect(404);
    await bench.as('manager').post('/admin/data/core/suggestion', { version: 'x' }).expect(422);
    expect(enqueued).toHaveLength(1);
  });

  test('show the latest run, or that there is none yet', async () => {
    expect((await bench.as('manager').get('/admin/data/core/suggestion').expect(200)).body).toEqual({
      run: null,
      actions: [{ title: 'Paint it', path: '/admin/data/gadgets/paint' }],
    });
    bench.status.set('gadgets', 'off');
    expect((await bench.as('manager').get('/admin/data/core/suggestion').expect(200)).body).toMatchObject({ actions: [] });
  });
});
