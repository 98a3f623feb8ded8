import { settingsOf } from '../../core/console/routes/plugins.ts';
import { operator } from './fixture/console.ts';
import { gadgets } from './fixture/gadgets.ts';
import type { Site } from './fixture/site.ts';

export function pluginsAndSettings(site: Site): void {
  describe('plugins and their settings', () => {
    test('plugins can be switched and set; stale, wrong and unknown ones are refused', async () => {
      const change = (body: object) => site.manager.post('/admin/data/core/plugins/gadgets', body);
      expect((await change({ version: 0, settings: { halfLifeDays: 0 } })).body.error.fields).toHaveProperty('halfLifeDays');
      expect((await change({ version: 0, settings: { unknown: 1 } })).status).toBe(422);
      expect((await change({ version: 0, settings: { halfLifeDays: 7 } })).status).toBe(200);
      expect((await change({ version: 0, enabled: false })).body.error.code).toBe('STALE');
      expect((await site.manager.post('/admin/data/core/plugins/nothing', { version: 0, enabled: false })).status).toBe(404);
      expect((await site.manager.get('/admin/data/core/plugins')).body.plugins[0]).toMatchObject({
        id: 'gadgets',
        wanted: { halfLifeDays: 7 },
        version: 1,
      });
      expect((await site.trail()).at(-1)).toMatchObject({ operator, action: 'plugin.settings', subject: 'plugin gadgets' });
    });

    test('a secret is stored and never shown: not on the page, not in the audit log', async () => {
      const version = async () => (await site.manager.get('/admin/data/core/plugins')).body.plugins[0].version as number;
      const change = async (settings: object) => site.manager.post('/admin/data/core/plugins/gadgets', { version: await version(), settings });
      const stored = () => site.bench.sql.one("select settings from plugin_state where id = 'gadgets'");
      expect((await change({ key: 'short' })).body.error.fields).toHaveProperty('key');
      expect((await change({ mode: 'careful', key: 'first of the keys' })).status).toBe(200);
      expect((await site.trail()).at(-1)).toMatchObject({ after: { settings: { mode: 'careful', key: 'changed' } } });
      const shown = await site.manager.get('/admin/data/core/plugins');
      expect(shown.body.plugins[0].wanted).toEqual({ mode: 'careful', key: true });
      // An empty field, and one that is not sent, leave it as it is.
      for (const settings of [{ key: '' }, { loud: true }]) {
        expect((await change(settings)).status).toBe(200);
        expect(await stored()).toEqual({ settings: { key: 'first of the keys', ...('loud' in settings && settings) } });
        expect((await site.trail()).at(-1)).toMatchObject({ before: { settings: { key: true } }, after: { settings: { key: true } } });
      }
      expect((await change({ key: 'second of the keys' })).status).toBe(200);
      expect((await site.trail()).at(-1)).toMatchObject({ before: { settings: { key: true } }, after: { settings: { key: 'changed' } } });
      expect((await change({ key: null })).status).toBe(200);
      expect(await stored()).toEqual({ settings: {} });
      expect((await site.trail()).at(-1)).toMatchObject({ before: { settings: { key: true } }, after: { settings: {} } });
      expect(JSON.stringify([await site.trail(), shown.body])).not.toContain('of the keys');
    });

    test('a settings form comes from the schema', () => {
      expect(settingsOf(gadgets)).toEqual([
        {
          name: 'halfLifeDays',
          type: 'integer',
          title: 'Half life days',
          description: 'How fast gadgets fade',
          default: 30,
          min: 1,
          max: 365,
          choices: null,
        },
        { name: 'mode', type: 'choice', title: 'Mode', description: null, default: 'fast', min: null, max: null, choices: ['fast', 'careful'] },
        { name: 'loud', type: 'boolean', title: 'Loud', description: null, default: false, min: null, max: null, choices: null },
        { name: 'key', type: 'secret', title: 'Key', description: 'What gadgets sign with', default: null, min: 8, max: null, choices: null },
      ]);
    });
  });
}
