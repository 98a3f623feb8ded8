import type { Effort, Entrant } from './contestants.ts';
import type { Preferring } from './data-set.ts';
import type { Estimate } from './metrics/bootstrap.ts';

export const protocols = ['leave-one-out', 'full-ranking', 'temporal', 'rating'] as const;
export type Protocol = (typeof protocols)[number];

/** What papers of the protocol do; by time the site's own preferences count. */
export const usualPreferring: Readonly<Record<Protocol, Preferring>> = {
  'leave-one-out': 'equal',
  'full-ranking': 'equal',
  temporal: 'stars',
  rating: 'stars',
};

/** Tells people how far a long step is. */
export interface Steps {
  run<T>(title: string, work: (progress: (fraction: number, note?: string) => void) => Promise<T>, done?: (result: T) => string): Promise<T>;
}

export interface Plan extends Effort {
  readonly protocol: Protocol;
  readonly preferring: Preferring;
  readonly entrants: readonly Entrant[];
  readonly steps: Steps;
  /** so many ratings of each viewer come after the training */
  readonly later?: number;
  /** so many films are served, those that nobody knows among them; by default those of the data */
  readonly films?: number;
}

/** One line of a table. */
export interface Measured {
  readonly name: string;
  readonly settings: object;
  /** of training, wall clock: of all algorithms of a blend, of all folds */
  readonly seconds: number;
  readonly metrics: Readonly<Record<string, Estimate>>;
}

export interface Evaluation {
  readonly protocol: Protocol;
  readonly preferring: Preferring;
  readonly data: string;
  readonly seed: number;
  readonly films: number;
  /** how many were measured */
  readonly viewers: number;
  /** how many there were to learn from; with folds, in the first one */
  readonly ratings: number;
  readonly results: readonly Measured[];
}
