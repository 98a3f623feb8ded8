import { reorder } from '../../math/reorder.ts';

test.each([
  [2, 'up', [2, 1, 3]],
  [1, 'up', [1, 2, 3]],
  [2, 'down', [1, 3, 2]],
  [3, 'down', [1, 2, 3]],
  [3, 'top', [3, 1, 2]],
  [3, { before: 2 }, [1, 3, 2]],
  [1, { before: 3 }, [2, 1, 3]],
  [1, { before: 0 }, [2, 3, 1]],
  [1, { before: 1 }, [2, 3, 1]],
  [9, 'top', [1, 2, 3]],
] as const)('%p goes %p', (member, to, order) => {
  expect(reorder([1, 2, 3], member, to)).toEqual(order);
});
