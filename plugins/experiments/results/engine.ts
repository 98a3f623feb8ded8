import type { Experiment } from '../model.ts';
import type { Engine } from '../statistics/engines/engine.ts';
import type { Entry } from './read.ts';
import { DAY } from './steps.ts';

/**
 * By an interval that holds at every look: what the site itself acts on, which looks every few minutes. Harm should be seen early, so it
 * is narrowest at 500 units: 3.04 standard errors to each side there, and at most 3.7 from 80 to 100,000.
 * Early looks see few successes, so relative effects are careful.
 */
export const always: Engine = { kind: 'confidence-sequence', tuning: 500, careful: true };

/** How an experiment is judged now. */
export interface Judge {
  readonly engine: Engine;
  /** only steps before this one count (milliseconds); Infinity = all there are */
  readonly until: number;
  /** scheduled looks: how many are over, of how many, and from how many units on the next one is due */
  readonly looks?: { readonly done: number; readonly of: number; readonly nextAt: number | null };
}

/**
 * The engine of an experiment as its settings name it. A group-sequential test is looked at when a share of the planned units
 * is in, and shows what was known then until the next look. Without a plan there are no shares: then the interval is one that
 * holds at every look.
 */
export function judgeOf(experiment: Pick<Experiment, 'engine' | 'settings' | 'plannedUnits'>, entries: readonly Entry[]): Judge {
  const { engine, settings, plannedUnits } = experiment;
  const sequence: Judge = { engine: { kind: 'confidence-sequence', tuning: settings.tuning, careful: true }, until: Infinity };
  if (engine === 'fixed') return { engine: { kind: 'fixed' }, until: Infinity };
  if (engine === 'sequential') return sequence;
  if (engine === 'group-sequential') return plannedUnits === null ? sequence : scheduled(settings.looks, plannedUnits, entries);
  const { prior } = settings;
  return { engine: { kind: 'bayes', ...(prior && { prior: { mean: prior.mean, variance: prior.sd ** 2 } }) }, until: Infinity };
}

function scheduled(looks: number, planned: number, entries: readonly Entry[]): Judge {
  const shares = Array.from({ length: looks }, (_, i) => (i + 1) / looks);
  let [units, done, until] = [0, 0, -Infinity];
  for (const { standing, at, units: more } of entries) {
    if (standing !== 'counted') continue;
    units += more;
    const reached = shares.filter((share) => units >= share * planned).length;
    // The step in which the look was due is over with the next one.
    if (reached > done) [done, until] = [reached, at.getTime() + 1];
  }
  return {
    engine: { kind: 'group-sequential', looks: done > 0 ? shares.slice(0, done) : shares.slice(0, 1), careful: true },
    until: done > 0 ? until : -Infinity,
    looks: { done, of: looks, nextAt: done < looks ? Math.ceil(shares[done]! * planned) : null },
  };
}

/** New units a day, over the last week or as long as it runs. */
export function perDay(entries: readonly Entry[], now: number): number {
  const counted = entries.filter(({ standing }) => standing === 'counted');
  const first = counted[0]?.at.getTime();
  if (first === undefined) return 0;
  const from = Math.max(first, now - 7 * DAY);
  const units = counted.filter(({ at }) => at.getTime() >= from).reduce((sum, entry) => sum + entry.units, 0);
  return units / Math.max(1, (now - from) / DAY);
}
