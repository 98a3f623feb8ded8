import { Matrix, solve } from 'ml-matrix';
import { LeastSquares } from '../../math/least-squares.ts';
import { normal, seeded } from '../../math/random.ts';

const size = 7;

/** Random equations x · β = target, each with a weight, and a positive semidefinite matrix that is added. */
function problem(seed: number) {
  const random = seeded(seed);
  const equations = Array.from({ length: 12 }, () => ({
    x: Float64Array.from({ length: size }, () => normal(random)),
    weight: random(),
    target: normal(random),
  }));
  const root = Matrix.zeros(size, size).apply(function (this: Matrix, i, j) {
    this.set(i, j, normal(random));
  });
  return { equations, extra: root.transpose().mmul(root) };
}

function sides({ equations, extra }: ReturnType<typeof problem>): { left: Matrix; right: Matrix } {
  const left = Matrix.eye(size).mul(0.3).add(extra.clone().mul(2));
  const right = Matrix.zeros(size, 1);
  for (const { x, weight, target } of equations) {
    const column = Matrix.columnVector([...x]);
    left.add(column.mmul(column.transpose()).mul(weight));
    right.add(column.mul(weight * target));
  }
  return { left, right };
}

function collected({ equations, extra }: ReturnType<typeof problem>): LeastSquares {
  const collecting = new LeastSquares(size, 0.3).addMatrix(extra.to1DArray(), 2);
  for (const { x, weight, target } of equations) collecting.add(x, weight, target);
  return collecting;
}

test.each([1, 2, 3])('solves what ml-matrix solves (%i)', (seed) => {
  const given = problem(seed);
  const { left, right } = sides(given);
  const found = collected(given).solve();
  solve(left, right)
    .to1DArray()
    .forEach((value, i) => expect(found[i]).toBeCloseTo(value, 10));
});

test('without equations the solution is 0', () => {
  expect([...new LeastSquares(3, 1).solve()]).toEqual([0, 0, 0]);
});
