import { contains } from '../../math/ascending.ts';

test.each([[[]], [[3]], [[0, 2]], [[1, 4, 6, 7, 9]]])('%j has its numbers and no others', (numbers: number[]) => {
  const found = Array.from({ length: 11 }, (_, i) => i - 1).filter((number) => contains(Int32Array.from(numbers), number));
  expect(found).toEqual(numbers);
});
