import type { Position, Reason } from './algorithm.ts';
import type { Chance } from './exploration.ts';

/** Which arm of which experiment a unit was in when a list was made. */
export interface Assignment {
  readonly experiment: number;
  readonly arm: string;
  /** 1, 2 …: results count the lists of the last phase */
  readonly phase: number;
}

/** `unseen`: the film that it names was picked, saved or opened by the viewer, but neither rated nor watched. */
export type ServedReason = Reason & { readonly unseen?: true };

export interface ServedFilm {
  readonly film: number;
  readonly position: Position;
  readonly score: number;
  /** the algorithm that gave most of the score: live performance is counted under it */
  readonly algorithm: string;
  /** share of each algorithm in the score, for the console's "why" */
  readonly shares: Readonly<Record<string, number>>;
  readonly reason: ServedReason | undefined;
  /** where the list was left to chance: the chance of standing at its place, given the films before it */
  readonly propensity?: number | undefined;
  /** in an interleaved list: the arm that picked it */
  readonly team?: string;
}

/** The chance in a list, and what it was drawn from: the log that other blends are judged by. */
export interface Exploration extends Chance {
  /** ids of the films that could have come, best first */
  readonly pool: readonly number[];
  /** their scores by the blend, with boosts; null = no opinion */
  readonly blended: readonly (number | null)[];
  /** their comparable scores by algorithm */
  readonly scores: Readonly<Record<string, readonly (number | null)[]>>;
}

/** One list as a viewer sees it; tracking stores one row for each. */
export interface ServedList {
  readonly id: string;
  readonly unit: number;
  /** where it stands: "home.for-you", "film.similar" … */
  readonly surface: string;
  readonly blendVersion: number | undefined;
  readonly assignments: readonly Assignment[];
  readonly films: readonly ServedFilm[];
  readonly exploration?: Exploration | undefined;
  readonly at: Date;
  /** `performance.now()` when this page's recommendations began; absent for lists that are none */
  readonly opened?: number;
}
