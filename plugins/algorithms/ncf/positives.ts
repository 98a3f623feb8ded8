import { aboveZero, type SparseRows } from '../../../math/sparse.ts';

/** The cells above 0, as ones. */
export function positivesOf(preferences: SparseRows): SparseRows {
  const positive = aboveZero(preferences);
  return { ...positive, value: positive.value.fill(1) };
}
