import type { Random } from '../../math/random.ts';

/** One figure of a simulation, and where it has to lie. */
export interface Finding {
  readonly what: string;
  readonly value: number;
  /** standard error of the figure, from the number of runs */
  readonly error: number;
  /** the figure that a right implementation comes to in the long run lies between */
  readonly low: number;
  readonly high: number;
}
/** A planted truth, simulated many times over. */
export interface Simulation {
  readonly title: string;
  /** runs in `npm test`, which take a second or two, and in `npm run validate` */
  readonly runs: { readonly few: number; readonly many: number };
  readonly run: (runs: number, random: Random) => readonly Finding[];
}

/** Standard errors by which a figure may lie beyond its band by chance. */
const CHANCE = 3.5;
export const holds = ({ value, error, low, high }: Finding): boolean => value >= low - CHANCE * error && value <= high + CHANCE * error;

/** A share of the runs. */
export const share = (what: string, hits: number, runs: number, low: number, high: number): Finding => {
  const value = hits / runs;
  // Agresti and Coull's two extra hits and misses: no hit at all is not known without error.
  const near = (hits + 2) / (runs + 4);
  return { what, value, error: Math.sqrt((near * (1 - near)) / runs), low, high };
};

/** An average over the runs. */
export function average(what: string, values: readonly number[], low: number, high: number): Finding {
  const value = values.reduce((sum, each) => sum + each, 0) / values.length;
  const variance = values.reduce((sum, each) => sum + (each - value) ** 2, 0) / (values.length - 1);
  return { what, value, error: Math.sqrt(variance / values.length), low, high };
}

/** How many of n units do it with probability p. */
export function successes(n: number, p: number, random: Random): number {
  let hits = 0;
  for (let i = 0; i < n; i++) if (random() < p) hits++;
  return hits;
}

export const repeat = <T>(runs: number, once: (run: number) => T): T[] => Array.from({ length: runs }, (_, run) => once(run));
