import type { MetricDefinition } from '../../../recommend/measures.ts';
import type { Entry } from './read.ts';
import { HOUR, stepOf } from './steps.ts';

/** What must be known of a moment to say who counts by then. Milliseconds. */
export interface Moment {
  /** when the phase began */
  readonly started: number;
  /** entries of this step and later ones do not count */
  readonly until: number;
  /** the step that is not over yet */
  readonly open: number;
}

/** Entries of those who count for a metric: all that entered, or, of a retention, those whose window is over. */
export function countedFor(
  { kind, window }: Pick<MetricDefinition, 'kind' | 'window'>,
  entries: readonly Entry[],
  { started, until, open }: Moment,
): Entry[] {
  return entries.filter(({ standing, at }) => {
    if (standing !== 'counted') return false;
    if (kind !== 'retention') return at.getTime() < until;
    return stepOf(at.getTime() + window![1] * HOUR, started) < Math.min(until, open);
  });
}

/** Units by arm and stratum. */
export function unitsBy(entries: readonly Entry[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const arms = new Map<string, Map<string, number>>();
  for (const { arm, stratum, units } of entries) {
    const strata = arms.get(arm) ?? arms.set(arm, new Map()).get(arm)!;
    strata.set(stratum, (strata.get(stratum) ?? 0) + units);
  }
  return arms;
}

export const total = (entries: readonly Entry[], of: 'units' | 'simulated' | 'late' = 'units'): number =>
  entries.reduce((sum, entry) => sum + entry[of], 0);
