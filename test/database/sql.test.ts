import { connect, sqlOver } from '../../core/database/connect.ts';
import type { Sql } from '../../core/database/sql.ts';
import { testDatabase } from '../harness/database.ts';

let drop: () => Promise<void>;
let sql: Sql;
let close: () => Promise<void>;
beforeAll(async () => {
  const database = await testDatabase(),
    sequelize = connect(database.url, 3);
  drop = database.drop;
  sql = sqlOver(sequelize);
  close = () => sequelize.close();
  await sql.rows('create table thing (id integer primary key, name text)');
});
afterAll(async () => {
  await close();
  await drop();
});

test('binds values, and returns what a statement returns', async () => {
  expect(await sql.rows('insert into thing values ($1, $2), ($3, $4) returning id', [1, "O'Neill; --", 2, null])).toEqual([{ id: 1 }, { id: 2 }]);
  expect(await sql.one('select name from thing where id = $1', [1])).toEqual({ name: "O'Neill; --" });
  expect(await sql.one('select name from thing where id = $1', [9])).toBeUndefined();
  expect(await sql.rows('select id from thing where id = any($1) order by id', [[2, 1, 7]])).toEqual([{ id: 1 }, { id: 2 }]);
});

test('a transaction is all or nothing, and one inside another joins it', async () => {
  await expect(
    sql.transaction(async (tx) => {
      await tx.rows('insert into thing values ($1, $2)', [10, 'lost']);
      await tx.transaction((inner) => inner.rows('insert into thing values ($1, $2)', [11, 'lost']));
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await sql.rows('select from thing where id >= 10')).toEqual([]);
});

test('a statement after the end of its transaction is refused', async () => {
  const kept = await sql.transaction(async (tx) => tx);
  await expect(kept.rows('select 1')).rejects.toThrow('after the end of its transaction');
});

test('statements go on after a refused one, also many at once', async () => {
  await expect(sql.rows('insert into thing values ($1, $2)', [1, 'again'])).rejects.toMatchObject({ code: '23505' });
  const found = await Promise.all(Array.from({ length: 20 }, (_, i) => sql.one<{ n: number }>('select $1::integer as n', [i])));
  expect(found.map((row) => row?.n)).toEqual(Array.from({ length: 20 }, (_, i) => i));
});

test('a prepared statement sees a table that was made anew', async () => {
  const select = (): Promise<{ n: number }[]> => sql.rows('select n from temporary where n > $1', [0]);
  await sql.rows('create table temporary (n integer)');
  expect(await select()).toEqual([]);
  await sql.rows('drop table temporary; create table temporary (n integer); insert into temporary values (3)');
  expect(await select()).toEqual([{ n: 3 }]);
});
