import type { Position } from './algorithm.ts';
import { noise } from '../math/random.ts';

/** How much of a list is left to chance. */
export interface Chance {
  /** 0 = nothing; the larger, the further films move; at 1 the chance to come first falls as 1 / rank */
  readonly temperature: number;
  /** so many first places are left alone */
  readonly from: number;
}
export const noChance: Chance = { temperature: 0, from: 0 };

/** Only the best films take part, however far one pages: so a list begins alike on each of its pages. */
export const poolSize = 100;

export interface Explored {
  readonly films: readonly Position[];
  /** of each film: the chance of standing at its place, given the films before it; 1 outside of the pool */
  readonly propensities: ReadonlyMap<Position, number>;
}

/**
 * Draws an order by Plackett–Luce (Plackett 1975) with worths rank^(−1 / temperature): by rank, so that it means the same
 * for every normalisation and after diversity. Drawn as the order of log worth + Gumbel noise (Yellott 1977), where the
 * noise hangs on the seed and the film alone: one seed gives one list, whatever page of it is asked for.
 * @param films best first
 */
export function explore(films: readonly Position[], { temperature, from }: Chance, seed: number): Explored {
  if (temperature === 0) return { films, propensities: new Map() };
  const fixed = films.slice(0, from),
    pool = films.slice(from, poolSize).map((film, i) => drawOf(film, i + 1, temperature, seed));
  const drawn = pool.toSorted((a, b) => b.key - a.key);
  return {
    films: [...fixed, ...drawn.map(({ film }) => film), ...films.slice(Math.max(from, poolSize))],
    propensities: new Map([...fixed.map((film) => [film, 1] as const), ...chances(drawn)]),
  };
}

interface Draw {
  readonly film: Position;
  readonly worth: number;
  readonly key: number;
}
const drawOf = (film: Position, rank: number, temperature: number, seed: number): Draw => {
  const logWorth = -Math.log(rank) / temperature;
  return { film, worth: Math.exp(logWorth), key: logWorth - Math.log(-Math.log(noise(seed, film))) };
};

/** worth / the worth of all that were left when it was drawn. */
function chances(drawn: readonly Draw[]): [Position, number][] {
  let left = 0;
  return drawn.toReversed().map(({ film, worth }) => [film, worth / (left += worth)]);
}

/** The seed of a viewer's lists of one day (in UTC): a page that is loaded again shows the same. */
export const seedOf = (unit: number, at: Date): number => noise(unit, Math.floor(at.getTime() / 86_400_000)) * 2 ** 32;
