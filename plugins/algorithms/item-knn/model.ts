import type { SparseRows } from '../../../math/sparse.ts';

/** Neighbours of every film, and the rows that they were counted from. */
export type ItemKnnModel = {
  /** films × films, symmetric, as sparse rows */
  readonly start: Int32Array;
  readonly neighbour: Int32Array;
  readonly similarity: Float32Array;
  /** viewers × films: whose row it is, and the preferences */
  readonly units: Int32Array;
  readonly unitStart: Int32Array;
  readonly unitFilm: Int32Array;
  readonly unitWeight: Float32Array;
};

export const filmsOf = ({ start }: ItemKnnModel): number => start.length - 1;

export const preferencesOf = (model: ItemKnnModel): SparseRows => ({
  rows: model.units.length,
  columns: filmsOf(model),
  start: model.unitStart,
  index: model.unitFilm,
  value: model.unitWeight,
});
