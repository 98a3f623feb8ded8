import { POWER, type Design } from './design.ts';
import { power } from './power.ts';

const ROUNDS = 60;
const PRECISION = 1e-10;
/** Beyond it nothing is searched: an effect of a hundred thousand per cent, or more units than there are people. */
const LARGEST = { effect: 1_000, units: 1e11 };

/**
 * The smallest effect above 0 that is found with the wanted power (minimum detectable effect).
 * @returns undefined where no effect is found that often, however large (a relative one has an error that grows with it)
 */
export function minimumEffect(design: Design, units: number, wanted = POWER): number | undefined {
  const unit = design.relative ? 1 : Math.max(Math.abs(design.mean), Math.sqrt(design.variance));
  const found = (x: number): boolean => power(design, units, x * unit) >= wanted;
  const x = smallest(found, LARGEST.effect);
  return x === undefined ? undefined : x * unit;
}

/**
 * Units of the whole experiment (all arms) with which the effect is found with the wanted power.
 * @returns undefined where even 10¹¹ do not suffice
 */
export function sampleSize(design: Design, effect: number, wanted = POWER): number | undefined {
  const units = smallest((n) => power(design, n, effect) >= wanted, LARGEST.units, 1);
  return units === undefined ? undefined : Math.ceil(units);
}

/** Whole days until `needed` units are in, at `perDay` new ones; 0 when they are. undefined when nobody new comes. */
export function daysLeft(needed: number, units: number, perDay: number): number | undefined {
  if (units >= needed) return 0;
  return perDay > 0 ? Math.ceil((needed - units) / perDay) : undefined;
}

/** Where something that stays true from some x on becomes true: by doubling, then by bisection. */
function smallest(holds: (x: number) => boolean, largest: number, first = 1e-6): number | undefined {
  let [low, high] = [0, first];
  while (!holds(high)) {
    if (high > largest) return undefined;
    [low, high] = [high, high * 2];
  }
  for (let round = 0; round < ROUNDS && high - low > PRECISION * high; round++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
