import type { Position } from '../../../recommend/algorithm.ts';
import type { KnnModel } from './model.ts';

/** Shrunk cosine of two films over the users who rated both; NaN where nobody did, and for the film itself. */
export function similarFilms(model: KnnModel, film: Position, out: Float32Array): void {
  out.fill(NaN);
  const { filmStart, filmUser, filmInterest, filmNorm, userStart, userFilm, userInterest, shrinkage } = model;
  if (film >= filmNorm.length) return;
  const dots = out.fill(0, 0, filmNorm.length);
  for (let e = filmStart[film]!; e < filmStart[film + 1]!; e++) {
    const user = filmUser[e]!;
    for (let k = userStart[user]!; k < userStart[user + 1]!; k++) dots[userFilm[k]!]! += filmInterest[e]! * userInterest[k]!;
  }
  for (let other = 0; other < filmNorm.length; other++) {
    out[other] = dots[other] === 0 ? NaN : dots[other]! / (filmNorm[film]! * filmNorm[other]! + shrinkage);
  }
  out[film] = NaN;
}
