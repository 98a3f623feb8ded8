import { ByteRows } from '../../math/kernels/byte-rows.ts';
import { seeded } from '../../math/random.ts';

const random = seeded(5);

test.each([
  [1, 1, 1],
  [7, 16, 3],
  [40, 40, 0],
  [100, 101, 60],
])('of %i rows of %i bytes sums %i as the plain loop does, again and again', (count, columns, chosen) => {
  const rows = Int8Array.from({ length: count * columns }, () => Math.floor(255 * random()) - 127),
    kept = new ByteRows(rows, columns);
  for (const some of [chosen, Math.ceil(chosen / 2), 2 * chosen]) {
    const index = Int32Array.from({ length: some }, () => Math.floor(count * random())),
      amount = Float32Array.from({ length: some }, () => random() - 0.5),
      sums = kept.sum(index, amount);
    expect(sums).toHaveLength(columns);
    sums.forEach((sum, column) =>
      expect(sum).toBeCloseTo(
        index.reduce((total, row, k) => total + amount[k]! * rows[row * columns + column]!, 0),
        2,
      ),
    );
  }
});
