import { operator } from './fixture/console.ts';
import { api, edit, type Site } from './fixture/site.ts';

export function changingRecords(site: Site): void {
  describe('changing records', () => {
    test('only white-listed columns are written, and only declared ones are told', async () => {
      const answer = await site.manager.form(edit(1), {
        name: 'torch',
        secret: 'known',
        owner: '99',
        id: '2',
        __proto__: 'x',
        'constructor.prototype': 'x',
      });
      expect(answer.body).toMatchObject({ notice: { type: 'success' } });
      expect(await site.gadget(1)).toMatchObject({ name: 'torch', secret: 'hush', owner: 1 });
      expect(await site.gadget(2)).toMatchObject({ name: 'clock' });
      expect(JSON.stringify((await site.manager.get(`${api}/records/1/show`)).body)).not.toContain('hush');
      expect(JSON.stringify((await site.manager.get(`${api}/actions/list`)).body)).not.toContain('secret');
    });

    test('change, audit row and news are one', async () => {
      const before = (await site.trail()).length;
      await site.manager.form(edit(1), { size: '5', facts: '{"watts": 0.25}', labels: 'a\nb' });
      expect((await site.trail()).slice(before)).toEqual([
        {
          operator,
          action: 'gadget.update',
          subject: 'gadget 1',
          before: { size: 1, facts: { watts: 0.5 }, labels: [] },
          after: { size: 5, facts: { watts: 0.25 }, labels: ['a', 'b'] },
        },
      ]);
      expect(site.bench.told).toEqual(['gadgets 1']);
      await site.manager.form(edit(1), { size: '5' });
      expect(await site.trail()).toHaveLength(before + 1);
    });

    test('a change that cannot be audited does not happen', async () => {
      await site.bench.sql.rows(`create function no_audit() returns trigger language plpgsql as 'begin raise exception ''no space''; end'`);
      await site.bench.sql.rows('create trigger no_audit before insert on audit_log for each row execute function no_audit()');
      try {
        await site.manager.form(edit(1), { name: 'torch' });
        await site.manager.form(`${api}/actions/new`, { name: 'new' });
        await site.admin.form(`${api}/records/2/delete`, {});
      } finally {
        await site.bench.sql.rows('drop trigger no_audit on audit_log');
      }
      expect(await site.bench.sql.rows('select name from gadget order by id')).toEqual([{ name: 'lamp' }, { name: 'clock' }]);
    });

    test('new and deleted records are audited', async () => {
      const before = (await site.trail()).length;
      const made = await site.manager.form(`${api}/actions/new`, { name: 'kettle', colour: 'blue' });
      expect(made.body).toMatchObject({ notice: { type: 'success' } });
      const id = Number(made.body.record.params.id);
      await site.admin.form(`${api}/records/${id}/delete`, {});
      expect((await site.trail()).slice(before)).toMatchObject([
        { action: 'gadget.create', subject: `gadget ${id}`, after: { name: 'kettle', colour: 'blue' } },
        { action: 'gadget.delete', subject: `gadget ${id}`, before: { name: 'kettle', colour: 'blue' } },
      ]);
    });

    test.each([
      [{ size: 'abc' }, 'size'],
      [{ size: '2147483648' }, 'size'],
      [{ size: '101' }, 'size'],
      [{ price: '1e309' }, 'price'],
      [{ price: 'NaN' }, 'price'],
      [{ name: '' }, 'name'],
      [{ name: 'x'.repeat(41) }, 'name'],
      [{ colour: 'green' }, 'colour'],
      [{ facts: '{' }, 'facts'],
      [{ name: 'clock' }, 'name'],
    ])('%j gets a message beside %s and changes nothing', async (fields, name) => {
      const before = await site.gadget(1);
      const { body } = await site.manager.form(edit(1), fields);
      expect(Object.keys(messages(body))).toEqual([name]);
      expect(await site.gadget(1)).toEqual(before);
    });

    test('what the database refuses is said without SQL', async () => {
      expect((await site.manager.form(edit(1), { name: 'forbidden' })).body.notice.message).toMatch(/out of its bounds/);
      await site.bench.sql.rows(`update gadget set name = 'immortal' where id = 2`);
      expect((await site.admin.form(`${api}/records/2/delete`, {})).body.notice.message).toBe('This gadget is needed.');
    });

    test('an edit of what somebody else changed meanwhile is refused', async () => {
      const { updated_at: seen } = (await site.manager.get(`${api}/records/1/show`)).body.record.params as { updated_at: string };
      await site.manager.form(edit(1), { name: 'torch', updated_at: seen });
      const late = await site.manager.form(edit(1), { name: 'candle', updated_at: seen });
      expect(late.body.notice).toMatchObject({ type: 'error', message: expect.stringContaining('Somebody else') as unknown });
      expect(await site.gadget(1)).toMatchObject({ name: 'torch' });
    });

    test('files, large forms, NUL and unreadable bodies are refused', async () => {
      expect((await site.manager.form(edit(1), {}).attach('name', Buffer.from('x'), 'x.txt')).status).toBe(400);
      expect((await site.manager.form(edit(1), { name: 'x'.repeat(300_000) })).status).toBe(413);
      expect((await site.manager.form(edit(1), { name: 'a\0b' })).status).toBe(400);
      expect((await site.manager.post(edit(1), {}).set('content-type', 'multipart/form-data; boundary=x').send('junk')).status).toBe(400);
    });
  });
}

/** what AdminJS's form shows beside its inputs */
const messages = (body: { record: { errors: Record<string, { message: string }> } }) =>
  Object.fromEntries(Object.entries(body.record.errors).map(([name, { message }]) => [name, message]));
