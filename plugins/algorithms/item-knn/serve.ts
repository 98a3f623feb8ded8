import type { Position, Viewer } from '../../../recommend/algorithm.ts';
import { filmsOf, type ItemKnnModel } from './model.ts';

const known = (model: ItemKnnModel, film: Position): boolean => film < filmsOf(model) && model.start[film + 1]! > model.start[film]!;

/** Sum over the viewer's films of preference × similarity: 0 for films that are near none of them, NaN for films without neighbours. */
export function score(model: ItemKnnModel, { preferences: { films, weight } }: Viewer, out: Float32Array): void {
  if (!films.some((film) => known(model, film))) return void out.fill(NaN);
  const { start, neighbour, similarity } = model;
  out.set(unrelated(model));
  out.fill(NaN, filmsOf(model));
  for (let i = 0; i < films.length; i++) {
    if (!known(model, films[i]!)) continue;
    const own = weight[i]!;
    for (let e = start[films[i]!]!, end = start[films[i]! + 1]!; e < end; e++) out[neighbour[e]!]! += own * similarity[e]!;
  }
}

/** The scores of a viewer who likes nothing, made once in the life of a model. */
const empty = new WeakMap<ItemKnnModel, Float32Array>();
function unrelated(model: ItemKnnModel): Float32Array {
  let made = empty.get(model);
  if (!made) {
    made = Float32Array.from({ length: filmsOf(model) }, (_, film) => (known(model, film) ? 0 : NaN));
    empty.set(model, made);
  }
  return made;
}

/**
 * What each film that the viewer likes adds to the score of `film`, parallel to the preferences. Neighbours are so on both
 * sides, so that one film's row says it of all.
 */
export function contributions(model: ItemKnnModel, { preferences: { films, weight } }: Viewer, film: Position): Float64Array {
  const parts = new Float64Array(films.length);
  if (!known(model, film)) return parts;
  const { start, neighbour, similarity } = model,
    end = start[film + 1]!;
  for (let i = 0, e = start[film]!; i < films.length; i++) {
    while (e < end && neighbour[e]! < films[i]!) e++;
    if (e < end && neighbour[e] === films[i] && weight[i]! > 0) parts[i] = weight[i]! * similarity[e]!;
  }
  return parts;
}

export function similar(model: ItemKnnModel, film: Position, out: Float32Array): void {
  out.fill(NaN);
  if (!known(model, film)) return;
  for (let e = model.start[film]!; e < model.start[film + 1]!; e++) out[model.neighbour[e]!] = model.similarity[e]!;
}
