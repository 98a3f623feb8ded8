import { randomUUID } from 'node:crypto';
import type { ServedList } from '../../recommend/served.ts';

type Wanted = Partial<Omit<ServedList, 'films'>> & {
  readonly unit: number;
  readonly films: readonly number[];
  /** by film, the last one for the rest */ readonly algorithms?: readonly string[];
};

/** A list as the recommender makes it. */
export const listOf = ({ films, algorithms = ['svd'], ...rest }: Wanted): ServedList => ({
  id: randomUUID(),
  surface: 'home.for-you',
  blendVersion: undefined,
  assignments: [],
  at: new Date(),
  ...rest,
  films: films.map((film, i) => ({ film, position: i, score: 1, algorithm: algorithms[i] ?? algorithms.at(-1)!, shares: {}, reason: undefined })),
});
