import type { Position, Viewer } from '../../../recommend/algorithm.ts';
import { forLast } from '../../../math/for-last.ts';
import type { SvdModel } from './model.ts';

/** The films of a viewer that the model knows, and what they make of the viewer. */
interface Taste {
  /** the viewer's place among the dimensions */
  readonly place: Float32Array;
  readonly films: Int32Array;
  readonly weight: Float32Array;
  /** films × rank: their factors side by side, so that reasons need not look for them all over the model */
  readonly factors: Float32Array;
}

/** Nothing where none of the films is known. The taste of the viewer who was asked about last is kept. */
export const tasteOf = forLast(foldIn);

function foldIn({ rank, factors, length }: SvdModel, { preferences }: Viewer): Taste | undefined {
  const films = new Int32Array(preferences.films.length),
    weight = new Float32Array(films.length),
    own = new Float32Array(films.length * rank),
    place = new Float32Array(rank);
  let known = 0;
  for (let i = 0; i < films.length; i++) {
    const film = preferences.films[i]!,
      interest = preferences.weight[i]!;
    if (!(length[film]! > 0)) continue;
    for (let from = film * rank, at = known * rank, c = 0; c < rank; c++) {
      own[at + c] = factors[from + c]!;
      place[c]! += interest * factors[from + c]!;
    }
    films[known] = film;
    weight[known++] = interest;
  }
  return known > 0 ? { place, films: films.subarray(0, known), weight: weight.subarray(0, known), factors: own } : undefined;
}

/** What each film that the viewer likes adds to the score of `film`, parallel to the taste's films; 0 for others and the film itself. */
export function parts({ factors, rank }: SvdModel, taste: Taste, film: Position): Float64Array {
  const of = factors.subarray(film * rank, (film + 1) * rank),
    found = new Float64Array(taste.films.length);
  for (let i = 0; i < found.length; i++) {
    if (taste.films[i] === film || !(taste.weight[i]! > 0)) continue;
    let product = 0;
    for (let c = 0, at = i * rank; c < rank; c++, at++) product += taste.factors[at]! * of[c]!;
    found[i] = taste.weight[i]! * product;
  }
  return found;
}
