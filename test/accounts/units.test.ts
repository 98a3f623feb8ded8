import { insertAccount } from '../../plugins/accounts/accounts.ts';
import { adopt, unitOf } from '../../plugins/accounts/units.ts';
import { accountTables, type Tables } from './tables.ts';

describe('units', () => {
  let tables: Tables;
  let count = 0;
  beforeAll(async () => {
    tables = await accountTables();
  });
  afterAll(() => tables.close());

  const account = (visitor?: string) => {
    const handle = `viewer_${++count}`;
    return insertAccount(tables.sql, { handle, name: 'Viewer', email: `${handle}@example.org`, passwordHash: 'x' }, visitor);
  };
  const row = (id: number) =>
    tables.sql.one<{ account: number | null; visitor: string | null; merged_into: number | null }>(
      'select account, visitor, merged_into from unit where id = $1',
      [id],
    );

  test('a visitor asking many times at once has one unit', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => unitOf(tables.sql, { visitor: 'many' })));
    expect(new Set(ids).size).toBe(1);
  });

  test('a new account takes over the unit of its visitor', async () => {
    const visitor = await unitOf(tables.sql, { visitor: 'newcomer' });
    const created = await account('newcomer');
    expect(created.unit).toBe(visitor);
    expect(await row(visitor)).toEqual({ account: created.account, visitor: null, merged_into: null });
    expect(await unitOf(tables.sql, { account: created.account })).toBe(visitor);
  });

  test('a visitor who signs in is merged once, and its key starts anew', async () => {
    const { account: id, unit } = await account();
    const from = await unitOf(tables.sql, { visitor: 'returning' });
    const adoptions = await Promise.all([1, 2, 3].map(() => tables.sql.transaction((tx) => adopt(tx, id, 'returning'))));
    expect(adoptions.filter(({ merged }) => merged !== undefined)).toEqual([{ unit, merged: from }]);
    expect(await row(from)).toEqual({ account: null, visitor: null, merged_into: unit });
    expect(await unitOf(tables.sql, { visitor: 'returning' })).not.toBe(from);
  });

  test('an account without a unit takes over the visitor’s at sign-in', async () => {
    const { account: id, unit } = await account();
    await tables.sql.rows('delete from unit where id = $1', [unit]);
    const from = await unitOf(tables.sql, { visitor: 'first device' });
    expect(await tables.sql.transaction((tx) => adopt(tx, id, 'first device'))).toEqual({ unit: from });
  });

  test('a visitor without a unit brings nothing', async () => {
    const { account: id, unit } = await account();
    expect(await tables.sql.transaction((tx) => adopt(tx, id, 'never asked'))).toEqual({ unit });
  });

  test('the database refuses a unit that is nobody’s, or two people’s', async () => {
    await expect(tables.sql.rows('insert into unit (visitor) values (null)')).rejects.toThrow('check constraint');
    const { account: id } = await account();
    await tables.sql.rows('delete from unit where account = $1', [id]);
    await expect(tables.sql.rows('insert into unit (account, visitor) values ($1, $2)', [id, 'both'])).rejects.toThrow('check constraint');
  });
});
