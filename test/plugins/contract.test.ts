import { plugins } from '../../config/plugins.ts';
import { connect, sqlOver } from '../../core/database/connect.ts';
import { migrate } from '../../core/database/migrate.ts';
import type { Sql } from '../../core/database/sql.ts';
import { corePart } from '../../core/console/core-part.ts';
import { fieldsOf } from '../../core/console/resource/model.ts';
import { testDatabase } from '../harness/database.ts';
import { bootPlugin } from '../harness/plugin.ts';
import { apiPaths, pagePaths, pluginContract } from './contract.ts';

for (const plugin of plugins) pluginContract(plugin, plugins);

const twice = (list: readonly string[]): string[] => list.filter((one, index) => list.indexOf(one) !== index);

describe('all plugins together', () => {
  test('have ids, algorithms, console pages and resources of their own', () => {
    expect(twice(plugins.map(({ id }) => id))).toEqual([]);
    expect(twice(plugins.flatMap(({ algorithms = [] }) => algorithms.map(({ id }) => id)))).toEqual([]);
    const parts = [corePart, ...plugins.map(({ console: part }) => part)];
    expect(twice(parts.flatMap((part) => part?.pages?.map(({ id }) => id) ?? []))).toEqual([]);
    expect(twice(parts.flatMap((part) => part?.resources?.map(({ id }) => id) ?? []))).toEqual([]);
  });

  test('do not answer the same addresses, with pages or with the API', async () => {
    const alone = await Promise.all(plugins.map((plugin) => bootPlugin(plugin)));
    expect(alone.flatMap(pagePaths).length).toBeGreaterThan(30);
    expect(twice(alone.flatMap(pagePaths))).toEqual([]);
    expect(twice(alone.flatMap(apiPaths))).toEqual([]);
  });

  test('make use of every kind of contribution, so that none goes untested here', async () => {
    const kinds = new Set((await Promise.all(plugins.map((plugin) => bootPlugin(plugin)))).flatMap(({ living }) => [...living.keys()]));
    expect([...kinds].sort()).toEqual([
      'adjuster',
      'algorithms',
      'api',
      'assigner',
      'bareRoutes',
      'consoleRoutes',
      'dispose',
      'filters',
      'fragments',
      'jobs',
      'metrics',
      'on',
      'routes',
      'segments',
      'signals',
    ]);
  });
});

describe('what all plugins keep in the database', () => {
  const resources = [corePart, ...plugins.map(({ console: part }) => part)].flatMap((part) => part?.resources ?? []);
  let sql: Sql, stop: () => Promise<void>, columns: Set<string>;
  beforeAll(async () => {
    const database = await testDatabase();
    await migrate(database.url, plugins);
    const sequelize = connect(database.url, 2);
    sql = sqlOver(sequelize);
    stop = async () => {
      await sequelize.close();
      await database.drop();
    };
    const rows = await sql.rows<{ name: string }>(
      `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`,
    );
    columns = new Set(rows.map(({ name }) => name));
  });
  afterAll(() => stop());

  test('names only columns that there are, the key among them', () => {
    expect(resources.length).toBeGreaterThan(3);
    for (const resource of resources) {
      const named = Object.keys(fieldsOf(resource)).map((column) => `${resource.table ?? resource.id}.${column}`);
      expect(named.filter((column) => !columns.has(column))).toEqual([]);
    }
  });

  test('names no column that may hold a secret', () => {
    const secret = /pass|hash|secret|token|sess|salt|key$|visitor/;
    expect([...columns].filter((column) => secret.test(column))).toEqual(
      expect.arrayContaining(['account.password_hash', 'api_token.hash', 'session.sess', 'unit.visitor']),
    );
    for (const { id, fields } of resources) expect([id, Object.keys(fields).filter((column) => secret.test(column))]).toEqual([id, []]);
  });

  test('points only to resources that there are, and lets nobody write what is not named', () => {
    const ids = new Set(resources.map(({ id }) => id));
    for (const { id, fields, allow } of resources) {
      for (const [column, { reference, editable, choices }] of Object.entries(fields)) {
        expect([id, column, reference === undefined || ids.has(reference)]).toEqual([id, column, true]);
        expect([id, column, choices === undefined || choices.length > 0]).toEqual([id, column, true]);
        if (!allow.new && !allow.edit) expect([id, column, editable ?? false]).toEqual([id, column, false]);
      }
      if (allow.new ?? allow.edit) expect([id, Object.values(fields).some(({ editable }) => editable)]).toEqual([id, true]);
    }
  });

  test('has figures that an empty site can answer', async () => {
    for (const { id, console: part } of plugins) {
      for (const { label, value } of (await part?.figures?.(sql, new Date('2026-06-01'))) ?? [])
        expect([id, label.length > 2, Number.isFinite(value)]).toEqual([id, true, true]);
    }
  });

  test('comes back from a dump: a restore has no search path, so tables name their functions in full', async () => {
    await sql.transaction(async (tx) => {
      await tx.rows(`select set_config('search_path', '', true)`);
      const expressions = await tx.rows<{ of: string; text: string }>(`
        select adrelid::regclass::text as of, pg_get_expr(adbin, adrelid) as text from pg_attrdef join pg_class c on c.oid = adrelid where relnamespace = 'public'::regnamespace
        union all select conrelid::regclass::text, pg_get_expr(conbin, conrelid) from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace and conrelid > 0
        union all select indrelid::regclass::text, pg_get_expr(indexprs, indrelid) from pg_index join pg_class c on c.oid = indrelid where indexprs is not null and relnamespace = 'public'::regnamespace`);
      expect(expressions.filter(({ text }) => text.includes('public.')).length).toBeGreaterThan(3);
      for (const { of, text } of expressions) await tx.rows(`select ${text} from ${of} limit 0`);
    });
  });
});
