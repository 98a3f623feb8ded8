/** Sums over viewers (or visitors) of one group: `n` films shown to a viewer, `x` of them with success. */
export interface Sums {
  readonly viewers: number;
  readonly n: number;
  readonly x: number;
  readonly nn: number;
  readonly nx: number;
  readonly xx: number;
}
export interface Ratio {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const z = 1.959963984540054;

/**
 * The share x / n with its 95 % interval. Films shown to one viewer are not independent of each other, so the interval
 * is Wilson's at the effective sample size: the number of independent films that would give the variance which the
 * delta method finds with the viewer as unit. Where no variance can be seen (one viewer, or no success), only the
 * viewers count.
 */
export function ratioOf({ viewers, n, x, nn, nx, xx }: Sums): Ratio | undefined {
  if (n === 0) return undefined;
  const p = x / n;
  const variance = viewers < 2 ? 0 : ((viewers / (viewers - 1)) * Math.max(0, xx - 2 * p * nx + p * p * nn)) / (n * n);
  return { value: p, ...wilson(p, variance > 0 ? Math.min(n, (p * (1 - p)) / variance) : viewers) };
}

/** Wilson (1927), for a share p of m independent trials. */
function wilson(p: number, m: number): { low: number; high: number } {
  const centre = p + (z * z) / (2 * m),
    half = z * Math.sqrt((p * (1 - p)) / m + (z * z) / (4 * m * m)),
    scale = 1 + (z * z) / m;
  return { low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}
