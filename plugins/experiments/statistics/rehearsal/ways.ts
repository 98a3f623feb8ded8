import type { Engine, Prior } from '../engines/engine.ts';

/** How a test can be looked at: once at the end, at planned looks, or again and again with a stop at the first find. */
export type WayId = 'fixed' | 'fixed-peeking' | 'sequential' | 'group-sequential' | 'bayes' | 'bayes-peeking';

export interface Way {
  readonly id: WayId;
  /** shares of the units that are in at each look, rising to 1 */
  readonly looks: readonly number[];
  /** what judges at the look of this number, from 0 */
  readonly engine: (look: number) => Engine;
}
export interface WaySettings {
  /** of the confidence sequence (N*) */
  readonly tuning: number;
  /** planned looks of the group-sequential test */
  readonly looks: number;
  /** null = flat */
  readonly prior: Prior | null;
}

/** Looks of somebody who cannot wait. */
export const PEEKS = 20;

export const evenly = (looks: number): number[] => Array.from({ length: looks }, (_, i) => (i + 1) / looks);

/** Every way to look at a test with these settings. */
export function waysOf({ tuning, looks, prior }: WaySettings): readonly Way[] {
  const scheduled = evenly(looks),
    peeks = evenly(PEEKS),
    welch: Engine = { kind: 'fixed' },
    sequence: Engine = { kind: 'confidence-sequence', tuning, careful: true },
    believed: Engine = { kind: 'bayes', ...(prior && { prior }) };
  return [
    { id: 'fixed', looks: [1], engine: () => welch },
    { id: 'fixed-peeking', looks: peeks, engine: () => welch },
    { id: 'sequential', looks: peeks, engine: () => sequence },
    {
      id: 'group-sequential',
      looks: scheduled,
      engine: (look) => ({ kind: 'group-sequential', looks: scheduled.slice(0, look + 1), careful: true }),
    },
    { id: 'bayes', looks: [1], engine: () => believed },
    { id: 'bayes-peeking', looks: peeks, engine: () => believed },
  ];
}
