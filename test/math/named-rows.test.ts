import { replaceRows, someRows, type NamedRows } from '../../math/named-rows.ts';
import { rowIndex, rowValues, sparseRows } from '../../math/sparse.ts';

const named = (rows: Readonly<Record<number, readonly number[]>>, columns: number): NamedRows => {
  const units = Int32Array.from(Object.keys(rows), Number);
  const cells = [...units].flatMap((unit, row) => rows[unit]!.map((column) => ({ row, column, value: unit + column / 10 })));
  return {
    units,
    rows: sparseRows(units.length, columns, {
      row: Int32Array.from(cells, ({ row }) => row),
      column: Int32Array.from(cells, ({ column }) => column),
      value: Float32Array.from(cells, ({ value }) => value),
    }),
  };
};
const plain = ({ units, rows }: NamedRows) => [...units].map((unit, r) => ({ unit, index: [...rowIndex(rows, r)], value: [...rowValues(rows, r)] }));

test('changed rows take the place of the old ones, new ones come last', () => {
  const old = named({ 1: [0, 2], 2: [], 3: [1] }, 3);
  const changed = named({ 2: [1, 2], 3: [], 9: [3] }, 4);
  const found = replaceRows(old, changed);
  expect(found.rows.columns).toBe(4);
  const [before, after] = [plain(old), plain(changed)];
  expect(plain(found)).toEqual([before[0], after[0], after[1], after[2]]);
});

test('without changes the rows stay as they are', () => {
  const old = named({ 1: [0, 2], 3: [1] }, 3);
  expect(plain(replaceRows(old, named({}, 3)))).toEqual(plain(old));
  expect(plain(replaceRows(named({}, 3), old))).toEqual(plain(old));
});

test('some rows are taken in the order asked for', () => {
  const old = named({ 1: [0, 2], 2: [], 3: [1] }, 3);
  expect(plain(someRows(old, Int32Array.of(2, 0)))).toEqual([plain(old)[2], plain(old)[0]]);
});
