import { migrate } from '../../core/database/migrate.ts';
import { connect, sqlOver } from '../../core/database/connect.ts';
import api from '../../plugins/api/index.ts';
import { testDatabase } from '../harness/database.ts';
import { bootApi } from './site.ts';

test('switching the plugin off takes the API away, and on brings it back with its tokens', async () => {
  const site = await bootApi();
  try {
    await site.toggle('api', false);
    for (const path of ['/films', '/openapi.json']) {
      const { status, body, headers } = await site.call('get', path, site.read);
      expect([path, status, body.error.code]).toEqual([path, 404, 'NOT_FOUND']);
      expect(headers['content-type']).toContain('json');
    }
    await site.toggle('api', true);
    const { status, headers } = await site.call('get', '/films', site.read);
    expect(status).toBe(200);
    expect(headers['set-cookie']).toBeUndefined();
  } finally {
    await site.stop();
  }
});

test('a site whose core made the table of tokens keeps them', async () => {
  const database = await testDatabase();
  await migrate(database.url, []);
  const sequelize = connect(database.url, 1),
    sql = sqlOver(sequelize);
  await sql.rows(`create table api_token (id integer generated always as identity primary key, name text not null, hash bytea not null unique,
    hint text not null, scope text not null, created_by integer, created_at timestamptz not null default now(), used_at timestamptz, revoked_at timestamptz)`);
  await sql.rows(`insert into api_token (name, hash, hint, scope) values ('old', '\\x00', 'abcd', 'read')`);
  expect(await migrate(database.url, [api])).toEqual(['api/001-tokens']);
  expect(await sql.rows('select name from api_token')).toEqual([{ name: 'old' }]);
  await sequelize.close();
  await database.drop();
});
