import type { BlendSpec } from '../../../recommend/blend-spec.ts';
import type { LoggedList } from './logged.ts';

type Weights = BlendSpec['weights'];
type Mix = Pick<BlendSpec, 'weights' | 'normalisation' | 'newcomers'>;

/**
 * Of each film of the pool after the places that were left alone: its rank, from 0, in the order that other weights give. What
 * diversity, calibration and rules did to a film stays as it was: the score that goes with its place is moved by the difference
 * that the weights make to it. The same weights give the same order.
 */
export function ranksBy(list: LoggedList, target: Mix): number[] {
  const { pool, blended, fixed, spec } = list,
    newcomer = isNewcomer(list),
    [logged, wanted] = [weightsOf(spec, newcomer), weightsOf(target, newcomer)];
  const places = blended.slice(fixed).map((score) => score ?? 0);
  const [before, after] = [scoresBy(logged, list), scoresBy(wanted, list)];
  const scores = places.toSorted((a, b) => b - a).map((score, i) => score + after[fixed + i]! - before[fixed + i]!);
  const order = pool.slice(fixed).map((_, i) => i);
  order.sort((a, b) => scores[b]! - scores[a]! || a - b);
  const ranks: number[] = [];
  order.forEach((film, rank) => (ranks[film] = rank));
  return ranks;
}

const weightsOf = ({ weights, newcomers }: Mix, newcomer: boolean): Weights => (newcomer && newcomers ? newcomers.weights : weights);

/** The weighted means of all films of the pool, as `blend` makes them. */
function scoresBy(weights: Weights, { pool, scores }: LoggedList): Float64Array {
  const sums = new Float64Array(pool.length);
  let total = 0;
  for (const [algorithm, values] of Object.entries(scores)) {
    const weight = weights[algorithm] ?? 0;
    for (let film = 0; film < sums.length; film++) sums[film]! += weight * (values[film] ?? 0);
    total += weight;
  }
  return total > 0 ? sums.map((sum) => sum / total) : sums.fill(0);
}

/** Whether the list was made by the weights for newcomers: theirs explain its scores better. */
function isNewcomer(list: LoggedList): boolean {
  const { newcomers, weights } = list.spec;
  if (!newcomers) return false;
  const off = (by: Weights): number => {
    const scores = scoresBy(by, list);
    return list.blended.reduce<number>((sum, score, film) => sum + Math.abs((score ?? 0) - scores[film]!), 0);
  };
  return off(newcomers.weights) < off(weights);
}

/** Algorithms that a blend asks and the log does not know; their order cannot be worked out. */
export function unknownTo(spec: Mix, target: Mix): string[] {
  const used = ({ weights, newcomers }: Mix): string[] =>
    [weights, newcomers?.weights ?? {}].flatMap((each) => Object.entries(each).flatMap(([id, weight]) => (weight > 0 ? [id] : [])));
  const known = new Set(used(spec));
  return [...new Set(used(target))].filter((id) => !known.has(id));
}
