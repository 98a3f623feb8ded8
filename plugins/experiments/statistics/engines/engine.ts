import type { GroupSequential } from './group-sequential.ts';

/** Type I error rate where none is named. */
export const ALPHA = 0.05;

/** How an effect is judged. */
export type Engine =
  /** Welch's t-test: valid at one look, fixed beforehand */
  | { readonly kind: 'fixed' }
  /**
   * valid at every look; narrowest when `tuning` units are in (5,000 where none is named). `careful`: relative effects by Fieller's
   * interval, which holds for arms with few successes, too (see `fieller.ts`)
   */
  | { readonly kind: 'confidence-sequence'; readonly tuning?: number; readonly careful?: true }
  /** valid at every look, for comparison with platforms that use it */
  | { readonly kind: 'msprt' }
  /** valid at looks that are scheduled beforehand */
  | GroupSequential
  /** chance to win and expected loss; flat without a prior. Looking early is not safe with it. */
  | { readonly kind: 'bayes'; readonly prior?: Prior };

/** Normal prior of the relative effect. */
export interface Prior {
  readonly mean: number;
  readonly variance: number;
}
/** What the arm is to do: either way, only better (greater), or only not worse (less). */
export type Side = 'both' | 'greater' | 'less';

export interface CompareOptions {
  /** (arm − control) / |control| rather than arm − control */
  readonly relative: boolean;
  /** .05 where none is named */
  readonly alpha?: number;
  /** `greater`: the interval has only a lower end; `less`: only an upper. Both sides where none is named. */
  readonly side?: Side;
  /** the metric is better when it falls */
  readonly inverse?: boolean;
}

export interface Comparison {
  readonly effect: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  /** covers the true effect with probability 1 − α: at one look, at all looks, or (Bayes) as believed after the data */
  readonly interval: readonly [low: number, high: number];
  /** of no effect; below α exactly when the interval excludes 0. Undefined for Bayes. */
  readonly pValue: number | undefined;
  /** Bayes: probability that the arm is better */
  readonly chanceToWin?: number;
  /** Bayes: what is lost on average, in units of the effect, by staying with the control, and by taking the arm */
  readonly risk?: readonly [control: number, arm: number];
}

/** Engines whose interval holds however often one looks. */
export const anytime = (engine: Engine): boolean => engine.kind === 'confidence-sequence' || engine.kind === 'msprt';
