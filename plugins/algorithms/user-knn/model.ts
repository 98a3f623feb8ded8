/** Preferences by user and by film, both as sparse rows. */
export type KnnModel = {
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
