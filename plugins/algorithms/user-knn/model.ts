import type { NamedRows } from '../../../math/named-rows.ts';
import { rowNorms, transpose } from '../../../math/sparse.ts';

/** Preferences by user and by film, both as sparse rows. */
export type KnnModel = {
  /** whose row it is */
  readonly units: Int32Array;
  readonly userStart: Int32Array;
  readonly userFilm: Int32Array;
  readonly userInterest: Float32Array;
  readonly userNorm: Float32Array;
  readonly filmStart: Int32Array;
  readonly filmUser: Int32Array;
  readonly filmInterest: Float32Array;
  readonly filmNorm: Float32Array;
  readonly neighbours: number;
  readonly shrinkage: number;
};

/** Linear in the number of preferences. */
export function knnModel({ units, rows }: NamedRows, { neighbours, shrinkage }: Pick<KnnModel, 'neighbours' | 'shrinkage'>): KnnModel {
  const byFilm = transpose(rows);
  return {
    units,
    userStart: rows.start,
    userFilm: rows.index,
    userInterest: rows.value,
    userNorm: rowNorms(rows),
    filmStart: byFilm.start,
    filmUser: byFilm.index,
    filmInterest: byFilm.value,
    filmNorm: rowNorms(byFilm),
    neighbours,
    shrinkage,
  };
}

export const rowsOf = (model: KnnModel): NamedRows => ({
  units: model.units,
  rows: { rows: model.units.length, columns: model.filmNorm.length, start: model.userStart, index: model.userFilm, value: model.userInterest },
});
