import { partsOf, Titles } from '../../plugins/transfer/likeness.ts';
import { testDatabase } from '../harness/database.ts';
import { connect, sqlOver } from '../../core/database/connect.ts';
import { migrate } from '../../core/database/migrate.ts';

const titles = await Titles.of([
  { film: 1, year: 1972, key: 'godfather' },
  { film: 2, year: 1974, key: 'godfather part ii' },
  { film: 3, year: 1977, key: 'star wars episode iv a new hope' },
  { film: 4, year: 2001, key: 'amelie le fabuleux destin d amelie poulain' },
  { film: 4, year: 2001, key: 'amelie' },
  { film: 5, year: 2003, key: 'lost in translation' },
  { film: 6, year: 2010, key: 'black swan' },
  { film: 7, year: 2011, key: 'black swann' },
  { film: 8, year: 1995, key: 'heat' },
  { film: 9, year: 1995, key: 'angel' },
  { film: 10, year: 1996, key: 'angle' },
]);

test.each([
  ['a letter left out', 'godfater', 1972, { film: 1, many: false }],
  ['a letter left out, the year off by one', 'godfater', 1973, { film: 1, many: false }],
  ['another year', 'godfater', 1990, undefined],
  ['a title that goes on', 'star wars', 1977, { film: 3, many: false }],
  ['two letters turned, of a film with two titles', 'amelei', 2001, { film: 4, many: false }],
  ['two letters turned in a short title', 'haet', 1995, { film: 8, many: false }],
  ['other letters in a short title', 'hart', 1995, undefined],
  ['letters turned further apart', 'taeh', 1995, undefined],
  ['turned, of two that it may mean', 'agnle', 1995, { film: 10, many: false }],
  ['words missing', 'lost translation', 2003, { film: 5, many: false }],
  ['two that are as like', 'black swam', 2010, { film: 6, many: true }],
  ['nothing like it', 'zzz', 2003, undefined],
  ['no letters', '', 2003, undefined],
] as const)('%s', (_name, key, year, found) => expect(titles.mostLike(key, year)).toEqual(found));

test('parts are those of pg_trgm', async () => {
  const database = await testDatabase();
  await migrate(database.url, []);
  const sequelize = connect(database.url, 1),
    sql = sqlOver(sequelize);
  for (const key of ['star wars', 'm', 'se7en', 'a b c', 'godfather part ii']) {
    const { parts } = (await sql.one<{ parts: string[] }>('select show_trgm($1) as parts', [key]))!;
    expect([...partsOf(key)].sort()).toEqual(parts.sort());
  }
  await sequelize.close();
  await database.drop();
});
