import { normalLower, normalPoint } from '../distributions.ts';

/** Points of a density, evenly spaced. */
interface Density {
  readonly from: number;
  readonly step: number;
  readonly values: Float64Array;
}
/** Grid points per standard deviation of the smaller increment, and how far a normal reaches that is not cut off by a bound. */
const FINENESS = 5;
const REACH = 8;
const ROUNDS = 30;
const PRECISION = 1e-9;
const SECOND_TRY = 1.02;

/**
 * The z beyond which a Brownian motion with looks at `times` falls with the given probability at each look for the first
 * time (Armitage, McPherson and Rowe, JRSS A 1969): the density of those still inside is carried from look to look by
 * integration (Simpson), and the bound is found by the secant method on the scale of z.
 * @param times increasing, @param exits probability of leaving at each look, of one side, @param both symmetric bounds
 */
export function bounds(times: readonly number[], exits: readonly number[], both: boolean): number[] {
  const found: number[] = [];
  let inside: Density | undefined;
  times.forEach((time, look) => {
    const gap = time - (times[look - 1] ?? 0);
    const deviation = Math.sqrt(gap);
    const bound = boundOf(inside, exits[look]!, deviation, (found.at(-1) ?? 0) * Math.sqrt(time));
    found.push(bound / Math.sqrt(time));
    const next = Math.sqrt((times[look + 1] ?? time) - time) || deviation;
    if (look + 1 < times.length) inside = carry(inside, deviation, [both ? -bound : -REACH * Math.sqrt(time), bound], Math.min(deviation, next));
  });
  return found;
}

/**
 * The chance that the motion leaves symmetric bounds at any look when it drifts: `drift` is the expected z at time 1.
 * @param zBounds bound of each look in standard errors
 */
export function crossing(times: readonly number[], zBounds: readonly number[], drift: number): number {
  let inside: Density | undefined,
    crossed = 0;
  times.forEach((time, look) => {
    const gap = time - (times[look - 1] ?? 0),
      bound = zBounds[look]! * Math.sqrt(time);
    const [deviation, shift] = [Math.sqrt(gap), drift * gap];
    const leaving = (u: number): number => normalLower((u + shift - bound) / deviation) + normalLower((-bound - u - shift) / deviation);
    crossed += inside ? integrate(inside, leaving) : leaving(0);
    inside = carry(inside, deviation, [-bound, bound], deviation, shift);
  });
  return crossed;
}

/** Where the given probability lies above, found near `start`. */
function boundOf(inside: Density | undefined, exit: number, deviation: number, start: number): number {
  const z = -normalPoint(exit);
  return inside ? secant((b) => -normalPoint(beyond(inside, b, deviation)) - z, start) : z * deviation;
}

/** P(inside before, above the bound now). */
const beyond = (density: Density, bound: number, deviation: number): number => integrate(density, (u) => normalLower((u - bound) / deviation));

/** The density at this look of those who were inside before and are inside now. */
function carry(before: Density | undefined, deviation: number, [low, high]: readonly [number, number], finest: number, shift = 0): Density {
  const intervals = 2 * Math.ceil(((high - low) * FINENESS) / finest / 2);
  const step = (high - low) / intervals;
  const scale = 1 / (deviation * Math.sqrt(2 * Math.PI));
  const kernel = (x: number): number => scale * Math.exp(-0.5 * (x / deviation) ** 2);
  const values = Float64Array.from({ length: intervals + 1 }, (_, i) => {
    const s = low + i * step;
    return before ? integrate(before, (u) => kernel(s - u - shift), s - shift - REACH * deviation, s - shift + REACH * deviation) : kernel(s - shift);
  });
  return { from: low, step, values };
}

/** ∫ density · f by Simpson's rule, over the part of the grid that is named. */
function integrate({ from, step, values }: Density, f: (u: number) => number, low = -Infinity, high = Infinity): number {
  const last = values.length - 1;
  const first = Math.max(0, Math.floor((low - from) / step));
  const end = Math.min(last, Math.ceil((high - from) / step));
  let sum = 0;
  for (let i = first; i <= end; i++) sum += values[i]! * f(from + i * step) * (i === 0 || i === last ? 1 : i % 2 === 1 ? 4 : 2);
  return (sum * step) / 3;
}

/** Where a rising function that is nearly a line crosses 0 (secant method). */
function secant(f: (x: number) => number, start: number): number {
  let [x, y] = [start, f(start)];
  let [next, value] = [start * SECOND_TRY, f(start * SECOND_TRY)];
  for (let round = 0; round < ROUNDS && Math.abs(value) > PRECISION && value !== y; round++) {
    const step = (value * (next - x)) / (value - y);
    [x, y] = [next, value];
    next -= step;
    value = f(next);
  }
  return next;
}
