import { normalPoint } from './distributions.ts';
import { ALPHA } from './engines/engine.ts';

/** Wilson's interval of a share (1927): within 0 and 1, and usable for few units and none at all. */
export function wilson(successes: number, n: number, alpha = ALPHA): readonly [low: number, high: number] {
  if (n === 0) return [0, 1];
  const z = normalPoint(1 - alpha / 2),
    share = successes / n,
    shrink = 1 + z ** 2 / n;
  const middle = (share + z ** 2 / (2 * n)) / shrink;
  const half = (z / shrink) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
