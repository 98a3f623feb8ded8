import { operator } from './fixture/console.ts';
import type { Site } from './fixture/site.ts';

export function dataOfPages(site: Site): void {
  describe('data of pages', () => {
    test('errors are JSON with fields, faults tell nothing', async () => {
      const wrong = await site.manager.post('/admin/data/gadgets/wrong', {});
      expect([wrong.status, wrong.body.error]).toMatchObject([422, { code: 'INVALID', fields: { size: 'is too large' } }]);
      const fault = await site.manager.get('/admin/data/gadgets/fault');
      expect([fault.status, fault.body.error.code]).toEqual([500, 'FAULT']);
      expect(fault.text).not.toMatch(/secret|\.ts/);
    });

    test('malformed and large bodies are refused', async () => {
      const send = (text: string) => site.manager.post('/admin/data/gadgets/wrong', {}).set('content-type', 'application/json').send(text);
      expect((await send('{"a":')).status).toBe(400);
      expect((await send(JSON.stringify({ a: 'x'.repeat(120_000) }))).status).toBe(413);
    });

    test('blends are made, saved and made the default; wrong weights and stale edits are refused', async () => {
      const spec = (weight: number) => ({ weights: { svd: weight }, normalisation: 'standard', diversity: 0 });
      const made = await site.manager.post('/admin/data/core/blends', { name: 'First', spec: spec(1) });
      const { blend, id } = made.body as { blend: number; id: number };
      const save = (base: number, body: object) => site.manager.post(`/admin/data/core/blends/${blend}/versions`, { base, note: 'why', ...body });
      expect((await save(id, { spec: spec(-1) })).body.error.fields).toHaveProperty(['weights.svd']);
      expect((await save(id, { spec: spec(0) })).body.error.fields).toHaveProperty('weights');
      const unknown = { ...spec(1), newcomers: { upTo: 5, weights: { svt: 1 } } };
      expect((await save(id, { spec: unknown })).body.error.fields).toHaveProperty(['newcomers.weights.svt']);
      expect((await site.manager.post('/admin/data/core/blends', { name: 'Second', spec: unknown })).status).toBe(422);
      expect((await save(id, { spec: spec(2) })).status).toBe(201);
      expect((await save(id, { spec: spec(3) })).body.error.code).toBe('STALE');
      const [first] = (await site.manager.get('/admin/data/core/blends')).body.blends as { isDefault: boolean; versions: object[] }[];
      expect(first).toMatchObject({ isDefault: true, versions: [{ version: 2, note: 'why', by: `account ${operator}` }, { version: 1 }] });
    });

    test.each([0, -1, 1.5, 2_147_483_648, 'x'])('no viewer has the number %s', async (unit) => {
      const spec = { weights: { svd: 1 } };
      for (const [path, body] of Object.entries({ preview: { before: spec, after: spec }, why: { film: 1, spec } })) {
        const { status, body: answer } = await site.manager.post(`/admin/data/core/${path}`, { unit, ...body });
        expect([status, Object.keys(answer.error.fields as object)]).toEqual([422, ['unit']]);
      }
    });

    test('the overview has the figures of plugins that are on, linked with pages that the reader can open', async () => {
      const [gadgets, keys] = [
        { label: 'Gadgets', value: 3, page: 'gadgets' },
        { label: 'Keys', value: 1 },
      ];
      expect((await site.manager.get('/admin/data/core/overview')).body.figures).toEqual([gadgets, keys]);
      expect((await site.admin.get('/admin/data/core/overview')).body.figures).toEqual([gadgets, { ...keys, page: 'keys' }]);
    });

    test('tokens are shown once, to administrators', async () => {
      const { token } = (await site.admin.post('/admin/data/api/tokens', { name: 'script', scope: 'read' })).body as { token: string };
      const list = await site.admin.get('/admin/data/api/tokens');
      expect(list.body.tokens[0]).toMatchObject({ name: 'script', hint: token.slice(-4) });
      expect(list.text).not.toContain(token);
      expect((await site.manager.post('/admin/data/api/tokens', { name: 'script', scope: 'write' })).status).toBe(403);
    });
  });
}
