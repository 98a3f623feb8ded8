import { hash } from '@node-rs/argon2';
import { accountsOver } from '../../plugins/accounts/accounts.ts';
import type { Created } from '../../plugins/accounts/api.ts';
import { accountWith } from '../../plugins/accounts/credentials.ts';
import { firstAccounts, insertSimulated, seedAccounts, simulatedEmail } from '../../plugins/accounts/seed.ts';
import { accountTables, type Tables } from './tables.ts';

describe('accounts service', () => {
  let tables: Tables;
  const announced: Created[] = [];
  const accounts = () => accountsOver(tables.sql, (created) => announced.push(created));
  const ann = { name: 'Ann', handle: 'ann', email: 'Ann@example.org', password: 'lanterns over dover' };
  beforeEach(async () => {
    tables = await accountTables();
    announced.length = 0;
  });
  afterEach(() => tables.close());

  test('creates an account with a unit and says so', async () => {
    const created = await accounts().create({ ...ann, joined: new Date('2026-01-02T03:04:05Z') });
    expect(announced).toEqual([created]);
    const profile = await accounts().byHandle('ANN');
    expect(profile).toEqual({
      id: created.account,
      handle: 'ann',
      name: 'Ann',
      bio: '',
      unit: created.unit,
      joined: new Date('2026-01-02T03:04:05Z'),
    });
    expect(await accounts().publicProfiles([created.account, 999])).toEqual(new Map([[created.account, profile]]));
    expect(await accounts().byHandle('nobody')).toBeUndefined();
  });

  test('names the field that is taken, whatever its case', async () => {
    await accounts().create(ann);
    await expect(accounts().create({ ...ann, email: 'other@example.org' })).rejects.toMatchObject({
      status: 422,
      fields: { handle: expect.any(String) },
    });
    await expect(accounts().create({ ...ann, handle: 'other', email: 'aNN@example.org' })).rejects.toMatchObject({
      status: 422,
      fields: { email: expect.any(String) },
    });
    expect(announced).toHaveLength(1);
  });

  test('the same account created many times at once is stored once', async () => {
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => accounts().create(ann)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await tables.sql.rows('select from account')).toHaveLength(1);
    expect(await tables.sql.rows('select from unit')).toHaveLength(1);
  });

  test('changes a role with its audit row, and marks the unit as staff', async () => {
    const { account, unit } = await accounts().create(ann);
    await accounts().setRole(account, 'manager', 7);
    await accounts().setRole(account, 'manager', 7);
    expect(await tables.sql.rows('select operator, action, subject, before, after from audit_log')).toEqual([
      { operator: 7, action: 'account.role', subject: `account ${account}`, before: { role: 'viewer' }, after: { role: 'manager' } },
    ]);
    expect(await tables.sql.one('select staff from unit where id = $1', [unit])).toEqual({ staff: true });
    await expect(accounts().setRole(4711, 'viewer', 7)).rejects.toMatchObject({ status: 404 });
  });

  test('never leaves the site without an admin, past the service neither', async () => {
    const { account } = await accounts().create({ ...ann, role: 'admin' });
    await expect(accounts().setRole(account, 'viewer', account)).rejects.toMatchObject({ status: 409 });
    await expect(tables.sql.rows(`update account set role = 'viewer' where id = $1`, [account])).rejects.toThrow('last admin');
    const second = await accounts().create({ ...ann, handle: 'ben', email: 'ben@example.org', role: 'admin' });
    const results = await Promise.allSettled([account, second.account].map((id) => accounts().setRole(id, 'viewer', null)));
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await tables.sql.rows(`select from account where role = 'admin'`)).toHaveLength(1);
  });

  test('a sign-in replaces a hash of outdated cost', async () => {
    const { account } = await accounts().create(ann);
    const old = await hash(ann.password, { memoryCost: 8192, timeCost: 1 });
    await tables.sql.rows('update account set password_hash = $2 where id = $1', [account, old]);
    expect(await accountWith(tables.sql, ann.email, 'not the password')).toBeUndefined();
    expect(await tables.sql.one('select password_hash as h from account')).toEqual({ h: old });
    expect(await accountWith(tables.sql, 'ANN@EXAMPLE.ORG', ann.password)).toBe(account);
    expect(await tables.sql.one('select password_hash as h from account')).toEqual({ h: expect.stringContaining('m=19456,t=2,p=1') });
    expect(await accountWith(tables.sql, ann.email, ann.password)).toBe(account);
  });

  test('seeds the first accounts once', async () => {
    const passwords = { alex: 'alex has a long one', morgan: 'morgan has a long one', robin: 'robin has a long one' };
    const first = await seedAccounts(tables.sql, passwords);
    expect(await seedAccounts(tables.sql, { alex: 'x', morgan: 'y', robin: 'z' })).toEqual(first);
    for (const { handle, email, role } of firstAccounts) {
      expect(await accountWith(tables.sql, email, passwords[handle])).toBe(first[handle].account);
      expect(await tables.sql.one('select role, staff from account join unit on unit.account = account.id where handle = $1', [handle])).toEqual({
        role,
        staff: role !== 'viewer',
      });
    }
  });

  test('stores simulated viewers in order', async () => {
    const profiles = Array.from({ length: 500 }, (_, i) => ({
      name: `Viewer ${i}`,
      handle: `sim_${(i * 7919) % 500}`,
      joined: new Date(Date.UTC(2025, 0, 1 + i)),
    }));
    const created = await insertSimulated(tables.sql, profiles, 'a hash');
    expect(created).toHaveLength(500);
    const stored = await accounts().publicProfiles(created.map(({ account }) => account));
    created.forEach(({ account, unit }, i) => expect(stored.get(account)).toMatchObject({ ...profiles[i], unit }));
    expect(await tables.sql.rows('select from unit where simulated')).toHaveLength(500);
    expect(await tables.sql.one('select handle, password_hash from account where email = $1', [simulatedEmail('sim_7')])).toEqual({
      handle: 'sim_7',
      password_hash: 'a hash',
    });
  });
});
