import { compare } from './engines/compare.ts';
import { ALPHA, type Comparison } from './engines/engine.ts';
import type { Moments } from './moments.ts';

/** What Welch's t-test says at one look. */
export type Effect = Comparison & { readonly pValue: number };

/** Treatment minus control by Welch's t-test. Undefined where an arm has under two units or does not vary. */
export const difference = (control: Moments, treatment: Moments, alpha = ALPHA): Effect | undefined =>
  compare({ kind: 'fixed' }, control, treatment, { relative: false, alpha }) as Effect | undefined;

/** (treatment − control) / |control|; .05 means 5 % more. Undefined where `difference` is, and for a control of zero. */
export const relativeLift = (control: Moments, treatment: Moments, alpha = ALPHA): Effect | undefined =>
  compare({ kind: 'fixed' }, control, treatment, { relative: true, alpha }) as Effect | undefined;
