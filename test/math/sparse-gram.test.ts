import { seeded } from '../../math/random.ts';
import { eachGramRow, mostFirst } from '../../math/sparse-gram.ts';
import { sparseRows } from '../../math/sparse.ts';

test.each([
  [1, 0.15],
  [2, 0.15],
  [3, 0.03],
  [4, 0.6],
])('gives the dot products of all columns that meet in a row, world %i with %d filled', (seed, filled) => {
  const random = seeded(seed);
  const [rows, columns] = [30, 12];
  const grid = Array.from({ length: rows }, () => Array.from({ length: columns }, () => (random() < filled ? Math.fround(random() - 0.4) : 0)));
  const cells = grid.flatMap((line, row) => line.flatMap((value, column) => (value === 0 ? [] : [{ row, column, value }])));
  const matrix = sparseRows(rows, columns, {
    row: Int32Array.from(cells, ({ row }) => row),
    column: Int32Array.from(cells, ({ column }) => column),
    value: Float32Array.from(cells, ({ value }) => value),
  });
  const seen: number[] = [];
  eachGramRow(matrix, (row, found, dots) => {
    seen.push(row);
    for (let column = 0; column <= row; column++) {
      const meet = grid.some((line) => line[row] !== 0 && line[column] !== 0);
      expect(found.includes(column)).toBe(meet);
      if (meet)
        expect(dots[column]).toBeCloseTo(
          grid.reduce((sum, line) => sum + line[row]! * line[column]!, 0),
          5,
        );
    }
    expect(new Set(found).size).toBe(found.length);
    expect(found.every((column) => column <= row)).toBe(true);
  });
  expect(seen).toEqual(Array.from({ length: columns }, (_, column) => column));
});

test('columns are put in order of their entries, rows stay as they are', () => {
  const matrix = sparseRows(3, 4, {
    row: Int32Array.of(0, 0, 1, 1, 2, 2),
    column: Int32Array.of(0, 3, 1, 3, 1, 3),
    value: Float32Array.of(1, 2, 3, 4, 5, 6),
  });
  const { matrix: found, column } = mostFirst(matrix);
  expect(column).toEqual(Int32Array.of(3, 1, 0, 2));
  expect([found.start, found.index, found.value]).toEqual([
    Int32Array.of(0, 2, 4, 6),
    Int32Array.of(0, 2, 0, 1, 0, 1),
    Float32Array.of(2, 1, 4, 3, 6, 5),
  ]);
});
