import type { Position } from './algorithm.ts';
import { topK } from '../math/top-k.ts';

/** So many of the best films are put in order once for a ranking: most lists find all of theirs among them. */
export const ahead = 1000;

/**
 * The best `count` films that may stand in the list, best first.
 * @param head the best films of these scores, where they are known
 */
export function best(scores: Float32Array, count: number, allowed: (film: Position) => boolean, head?: Int32Array): Int32Array {
  const into = new Int32Array(Math.min(count, scores.length));
  return into.subarray(0, (head && firstOf(head, into, allowed)) ?? topK(scores, into, allowed));
}

/** How many there are; undefined where films that come after the head may be wanted, too. */
function firstOf(head: Int32Array, into: Int32Array, allowed: (film: Position) => boolean): number | undefined {
  let n = 0;
  for (let i = 0; i < head.length && n < into.length; i++) if (allowed(head[i]!)) into[n++] = head[i]!;
  return n === into.length || head.length < ahead ? n : undefined;
}
