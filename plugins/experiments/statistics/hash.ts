/**
 * 32-bit FNV-1a over UTF-16 code units (the public-domain hash of Fowler, Noll and Vo; units as GrowthBook's SDKs take them).
 * @returns an unsigned integer below 2³²
 */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

export type HashVersion = 1 | 2;

/**
 * Where a unit falls in [0, 1): the same for the same seed on every machine, and unrelated between seeds.
 * Agrees with GrowthBook's hash of both versions: version 2 in steps of 1/10,000, version 1 (biased between seeds that
 * end alike, kept for mutual exclusion) in steps of 1/1,000.
 */
export const bucket = (seed: string, unit: string, version: HashVersion = 2): number =>
  version === 2 ? (fnv1a32(String(fnv1a32(seed + unit))) % 10_000) / 10_000 : (fnv1a32(unit + seed) % 1_000) / 1_000;

/** From start (included) to end (excluded). */
export type Range = readonly [start: number, end: number];

/**
 * The part of [0, 1) that belongs to each arm. Each arm starts at the cumulative weight, whatever the coverage, so that
 * widening the traffic moves nobody from one arm to another.
 * @param coverage share of the traffic that takes part, taken as 0 or 1 when beyond them
 * @param weights of the arms; equal ones where they are too few or many, or do not sum to 1 within .01
 */
export function armRanges(arms: number, coverage = 1, weights: readonly number[] = []): Range[] {
  const share = Math.min(1, Math.max(0, coverage));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const usable = weights.length === arms && sum >= 0.99 && sum <= 1.01;
  let start = 0;
  return Array.from({ length: arms }, (_, arm) => {
    const weight = usable ? weights[arm]! : 1 / arms;
    const range: Range = [start, start + share * weight];
    start += weight;
    return range;
  });
}

/** The first arm whose range holds n; −1 for a unit that takes no part. */
export const chooseArm = (n: number, ranges: readonly Range[]): number => ranges.findIndex(([start, end]) => start <= n && n < end);

/** A part of a layer: experiments of one layer with ranges apart never share a unit. */
export type Namespace = readonly [layer: string, start: number, end: number];

/** Whether a unit falls into the experiment's part of its layer (hash version 1, as GrowthBook's namespaces). */
export function inNamespace(unit: string, [layer, start, end]: Namespace): boolean {
  const n = bucket(`__${layer}`, unit, 1);
  return start <= n && n < end;
}
