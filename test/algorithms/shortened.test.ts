import { shortened } from '../../plugins/algorithms/item-knn/shortened.ts';

const matrix = {
  rows: 3,
  columns: 9,
  start: Int32Array.of(0, 2, 2, 8),
  index: Int32Array.of(3, 4, 0, 1, 2, 5, 7, 8),
  value: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
};

test('longer rows keep evenly spread entries, shorter ones all', () => {
  const { start, index, value } = shortened(matrix, 3);
  expect([start, index, value]).toEqual([Int32Array.of(0, 2, 2, 5), Int32Array.of(3, 4, 0, 2, 7), Float32Array.of(1, 2, 3, 5, 7)]);
});

test('a limit that no row reaches changes nothing', () => {
  expect(shortened(matrix, 6)).toEqual(matrix);
});
