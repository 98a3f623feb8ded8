/** Uniform in [0, 1). */
export type Random = () => number;

const WARM_UP = 12;

/**
 * Seeded generator, the same numbers on every machine: sfc32 ("small fast counter") by Chris Doty-Humphrey,
 * from his PractRand test suite. 32 random bits a number; period at least 2³².
 */
export function seeded(seed: number): Random {
  let a = seed | 0;
  let b = Math.floor(seed / 2 ** 32) | 0;
  let c = 0;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < WARM_UP; round++) next();
  return next;
}

/** One draw from the standard normal distribution (Box & Muller 1958). */
export const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Puts the items in random order, in place, all orders equally likely (Fisher & Yates). */
export function shuffle<T extends { [i: number]: unknown; readonly length: number }>(items: T, random: Random): T {
  for (let last = items.length - 1; last > 0; last--) {
    const pick = Math.floor(random() * (last + 1));
    [items[last], items[pick]] = [items[pick], items[last]];
  }
  return items;
}

/**
 * A number in (0, 1) that hangs on both integers alone, as if drawn for this pair: for choices that must come out alike
 * wherever they are made. Mixed by the finaliser of MurmurHash3 (Appleby).
 */
export const noise = (a: number, b: number): number => (mix(mix(a | 0) ^ (b | 0)) + 0.5) / 2 ** 32;

function mix(n: number): number {
  let h = (n ^ 0x9e3779b9) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
