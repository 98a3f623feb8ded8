import type { Batch } from '../../../recommend/algorithm.ts';
import { gramOf, ridge } from '../../../math/kernels/ials.ts';
import { longer } from '../../../math/longer.ts';
import { LeastSquares } from '../../../math/least-squares.ts';
import { rowIndex, rowValues, type SparseRows } from '../../../math/sparse.ts';
import { itemOf, type IalsModel } from './model.ts';
import { dot, tasteOf } from './taste.ts';

/** A film with less than this in its favour learns from every micro-batch; the vectors of others wait for the next training. */
const little = 20;

/** One viewer's preference for a film, and who that is. */
interface Like {
  readonly film: number;
  readonly unit: number;
  readonly weight: number;
  readonly vector: Float32Array;
}

/** New films, and films with little evidence, get a vector from the viewers who came to like them. */
export function update(model: IalsModel, batch: Batch): IalsModel {
  const films = batch.films.length,
    grown = { ...model, items: longer(model.items, films * model.factors), evidence: longer(model.evidence, films) };
  const likes = newLikes(model, batch, grown.evidence);
  for (const film of new Set(likes.map((like) => like.film)))
    learn(
      grown,
      film,
      likes.filter((like) => like.film === film),
    );
  return { ...grown, gram: gramOf(grown.items, model.factors), ...alsoCounted(model, likes, grown.evidence) };
}

/** Likes of films with little evidence that are not part of it yet. A batch holds whole histories, so most are. */
function newLikes(model: IalsModel, { units, preferences }: Batch, evidence: Float32Array): Like[] {
  const counted = new Set<number>();
  model.countedFilm.forEach((film, i) => counted.add(pair(film, model.countedUnit[i]!)));
  const likes: Like[] = [];
  units.forEach((unit, row) => {
    const films = rowIndex(preferences, row),
      weight = rowValues(preferences, row);
    const isNew = (film: number, i: number): boolean => weight[i]! > 0 && evidence[film]! < little && !counted.has(pair(film, unit));
    const vector = films.some(isNew) ? tasteOf(model, { films, weight })?.vector : undefined;
    if (!vector) return;
    films.forEach((film, i) => {
      if (isNew(film, i)) likes.push({ film, unit, weight: weight[i]!, vector });
    });
  });
  return likes;
}

const pair = (film: number, unit: number): number => film * 2 ** 32 + unit;

/**
 * Moves a film's vector y to y + d, where d solves (α₀ G + e/n G + ridge · I + Σ w x xᵀ) d = Σ w (1 − x·y) x over its new
 * likes. For a film without evidence that is the step of the training itself. The e that it had is taken to come from
 * viewers like all n of them, because who they were is forgotten.
 */
function learn(model: IalsModel, film: number, likes: readonly Like[]): void {
  const { factors, viewerGram, viewers, unobserved, evidence } = model;
  const item = itemOf(model, film),
    before = evidence[film]!;
  for (const { weight } of likes) evidence[film]! += weight;
  const equations = new LeastSquares(factors, ridge(model, evidence[film]!, viewers));
  equations.addMatrix(viewerGram, unobserved + before / viewers);
  for (const { vector, weight } of likes) equations.add(vector, weight, 1 - dot(vector, item));
  equations.solve().forEach((change, i) => {
    item[i]! += change;
  });
}

type Counted = Pick<IalsModel, 'countedFilm' | 'countedUnit'>;

/** Who counts in the evidence of the films that have little. */
export function countedPairs({ rows, start, index }: SparseRows, units: Int32Array, evidence: Float32Array): Counted {
  const films: number[] = [],
    of: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let e = start[row]!; e < start[row + 1]!; e++) {
      if (evidence[index[e]!]! >= little) continue;
      films.push(index[e]!);
      of.push(units[row]!);
    }
  }
  return { countedFilm: Int32Array.from(films), countedUnit: Int32Array.from(of) };
}

/** A film that has enough by now needs no memory of who made it so. */
function alsoCounted({ countedFilm, countedUnit }: IalsModel, likes: readonly Like[], evidence: Float32Array): Counted {
  const film = [...countedFilm, ...likes.map((like) => like.film)],
    unit = [...countedUnit, ...likes.map((like) => like.unit)];
  const stays = (_: number, i: number): boolean => evidence[film[i]!]! < little;
  return { countedFilm: Int32Array.from(film.filter(stays)), countedUnit: Int32Array.from(unit.filter(stays)) };
}
