import { operator } from './fixture/console.ts';
import { gadgetData } from './fixture/gadgets.ts';
import { api, edit, type Site } from './fixture/site.ts';

export function whoMayComeIn(site: Site): void {
  describe('who may come in', () => {
    test('nobody without an account: pages lead to the sign-in, programs get 401', async () => {
      const page = await site.bench.as(undefined).get('/admin/pages/jobs').set('accept', 'text/html');
      expect([page.status, page.headers['location']]).toEqual([303, '/sign-in?next=%2Fadmin%2Fpages%2Fjobs']);
      for (const path of [`${api}/actions/list`, '/admin/data/core/jobs', '/admin/data/gadgets/answer']) {
        const answer = await site.bench.as(undefined).get(path);
        expect([answer.status, answer.body.error.code]).toEqual([401, 'SIGN_IN']);
      }
    });

    test('viewers get 403 everywhere', async () => {
      for (const path of ['/admin', `${api}/actions/list`, '/admin/data/core/plugins', '/admin/frontend/assets/styles/frame.css']) {
        expect((await site.bench.as('viewer').get(path)).status).toBe(403);
      }
    });

    test('a page has the nonce on every script, no foreign host, and of the operator only id and role', async () => {
      const { status, text } = await site.manager.get('/admin');
      expect(status).toBe(200);
      expect(text).not.toMatch(/<script(?! nonce="bm9uY2U=")[\s>]/);
      expect(text).not.toContain('googleapis');
      expect(text).not.toContain('<script>alert');
      expect(text).not.toContain('alert(2)');
      expect(text).toContain(`"session":{"id":"${operator}","role":"manager"}`);
    });

    test('requests from other sites are refused, to read and to write', async () => {
      expect((await site.manager.get(`${api}/actions/list`).set('sec-fetch-site', 'cross-site')).status).toBe(403);
      expect((await site.manager.form(edit(1), { name: 'stolen' }).set('sec-fetch-site', 'cross-site')).status).toBe(403);
      expect((await site.manager.form(edit(1), { name: 'stolen' }).unset('sec-fetch-site').set('origin', 'https://evil.example')).status).toBe(403);
      expect((await site.manager.post('/admin/data/core/plugins/gadgets', { version: 0, enabled: false }).unset('sec-fetch-site')).status).toBe(403);
      expect(await site.gadget(1)).toMatchObject({ name: 'lamp' });
    });

    test('GET changes nothing', async () => {
      for (const path of [`${api}/records/1/delete`, `${api}/actions/new?name=x`, `${api}/bulk/bulkDelete?recordIds=1`]) {
        expect((await site.admin.get(path)).status).toBeGreaterThanOrEqual(403);
      }
      await site.admin.get(`${edit(1)}?name=stolen`);
      expect(await site.bench.sql.rows('select name from gadget order by id')).toEqual([{ name: 'lamp' }, { name: 'clock' }]);
    });

    test('what is not granted is refused: bulk actions to all, deleting to managers, pages and records of others', async () => {
      expect((await site.admin.form(`${api}/bulk/bulkDelete?recordIds=1,2`, {})).status).toBe(404);
      expect((await site.manager.form(`${api}/records/1/delete`, {})).status).toBe(403);
      expect((await site.manager.form('/admin/api/resources/audit_log/records/1/edit', { action: 'x' })).status).toBe(403);
      expect((await site.manager.form(`${api}/records/1/constructor`, {})).status).toBe(403);
      expect((await site.manager.get('/admin/pages/tokens')).status).toBe(404);
      expect((await site.manager.get('/admin/data/api/tokens')).status).toBe(403);
      expect((await site.manager.get('/admin/api/resources/session/actions/list')).status).toBe(404);
      expect(await site.bench.sql.rows('select from gadget')).toHaveLength(2);
    });

    test('a plugin that is off takes its records, pages and data with it', async () => {
      site.bench.status.set('gadgets', 'off');
      site.bench.routes.delete('gadgets');
      const gone = await Promise.all(
        [`${api}/actions/list`, '/admin/pages/gadgets', '/admin/resources/gadget', '/admin/data/gadgets/answer'].map((path) =>
          site.manager.get(path),
        ),
      );
      expect(gone.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
      site.bench.status.set('gadgets', 'on');
      site.bench.routes.set('gadgets', gadgetData);
      expect((await site.manager.get('/admin/pages/gadgets')).status).toBe(200);
    });
  });
}
