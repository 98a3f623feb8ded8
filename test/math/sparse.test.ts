import fc from '../harness/properties.ts';
import { cell, norm, rowIndex, rowNorms, rowValues, sparseRows, transpose, type SparseRows, type Triples } from '../../math/sparse.ts';

const ROWS = 6;
const COLUMNS = 5;
type Triple = readonly [row: number, column: number, value: number];
const triple = fc.tuple(fc.nat(ROWS - 1), fc.nat(COLUMNS - 1), fc.integer({ min: 1, max: 9 }));
const triples = fc.array(triple, { maxLength: 40 });

const columnsOf = (list: readonly Triple[]): Triples => ({
  row: Int32Array.from(list, ([row]) => row),
  column: Int32Array.from(list, ([, column]) => column),
  value: Float32Array.from(list, ([, , value]) => value),
});
const build = (list: readonly Triple[]) => sparseRows(ROWS, COLUMNS, columnsOf(list));

/** Slow and obvious: a grid of numbers, 0 = no entry. */
function grid(list: readonly Triple[]): number[][] {
  const cells = Array.from({ length: ROWS }, () => Array.from({ length: COLUMNS }, () => 0));
  for (const [row, column, value] of list) cells[row]![column] = value;
  return cells;
}
const gridOf = (matrix: SparseRows): number[][] =>
  Array.from({ length: matrix.rows }, (_, row) => Array.from({ length: matrix.columns }, (_x, column) => cell(matrix, row, column)));

test('holds the cells of the triples; the last of several for one cell wins', () => {
  fc.assert(fc.property(triples, (list) => expect(gridOf(build(list))).toEqual(grid(list))));
});

test('keeps columns ascending without repeats', () => {
  fc.assert(
    fc.property(triples, (list) => {
      const matrix = build(list);
      for (let row = 0; row < ROWS; row++) {
        const columns = [...rowIndex(matrix, row)];
        expect(columns).toEqual([...new Set(columns)].sort((a, b) => a - b));
        expect(rowValues(matrix, row)).toHaveLength(columns.length);
      }
    }),
  );
});

test('knows which triple each entry came from', () => {
  fc.assert(
    fc.property(triples, (list) => {
      const { order, index, value } = build(list);
      expect([...order].map((e) => list[e]!.slice(1))).toEqual([...index].map((column, k) => [column, value[k]]));
    }),
  );
});

test('transposes', () => {
  fc.assert(
    fc.property(triples, (list) => {
      const matrix = build(list);
      const turned = transpose(matrix);
      expect(gridOf(turned)).toEqual(grid(list)[0]!.map((_, column) => grid(list).map((row) => row[column]!)));
      const { rows, columns, start, index, value } = matrix;
      expect(transpose(turned)).toEqual({ rows, columns, start, index, value });
    }),
  );
});

test('measures rows', () => {
  fc.assert(
    fc.property(triples, (list) => {
      const lengths = grid(list).map((row) => Math.hypot(...row));
      rowNorms(build(list)).forEach((length, row) => expect(length).toBeCloseTo(lengths[row]!, 4));
    }),
  );
  expect(norm(Float32Array.of(3, 4))).toBe(5);
});

test('refuses cells outside', () => {
  expect(() => build([[ROWS, 0, 1]])).toThrow(RangeError);
  expect(() => build([[0, COLUMNS, 1]])).toThrow(RangeError);
  expect(() => build([[-1, 0, 1]])).toThrow(RangeError);
});

test('can be empty', () => {
  const none = sparseRows(0, 0, columnsOf([]));
  expect([...none.start]).toEqual([0]);
  expect([...transpose(none).start]).toEqual([0]);
});
