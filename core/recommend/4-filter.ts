import type { Position } from './algorithm.ts';
import { topK } from '../../math/top-k.ts';

/** The best `count` films that may stand in the list, best first. */
export function best(scores: Float32Array, count: number, allowed: (film: Position) => boolean): Int32Array {
  const kept = scores.slice();
  for (let i = 0; i < kept.length; i++) if (!Number.isNaN(kept[i]!) && !allowed(i)) kept[i] = Number.NaN;
  const into = new Int32Array(Math.min(count, kept.length));
  return into.subarray(0, topK(kept, into));
}
