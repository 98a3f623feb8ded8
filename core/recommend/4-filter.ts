import type { Position } from './algorithm.ts';
import { topK } from '../../math/top-k.ts';

/** The best `count` films that may stand in the list, best first. */
export function best(scores: Float32Array, count: number, allowed: (film: Position) => boolean): Int32Array {
  const into = new Int32Array(Math.min(count, scores.length));
  return into.subarray(0, topK(scores, into, allowed));
}
