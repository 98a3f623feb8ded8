import React from 'react';
import { Notice, number, plural } from '../../../../core/console/kit/index.tsx';
import type { SitePlan } from '../../results/site-plan.ts';
import type { Audience } from '../answer.ts';
import { base, signed } from '../words.tsx';
import { useAnswer, type Asked } from './inputs.tsx';
import type { DraftValues } from './values.tsx';

export type { SitePlan };

/** Of those who are meant, so many take part in the end: a ramp says it by its last step. */
export const finallyCovered = ({ ramp, coverage }: Pick<DraftValues, 'ramp' | 'coverage'>): number => ramp.at(-1)?.coverage ?? coverage;

/** How many viewers that are, by the site's own last weeks. */
export function useAudience(values: DraftValues): Asked<Audience> {
  const { layer, start, end, targeting, includeStaff, includeSimulated } = values;
  return useAnswer(`${base}/audience`, { layer, start, end, coverage: finallyCovered(values), targeting, includeStaff, includeSimulated });
}

/** What a test would need, by the site's own last weeks. */
export function usePlan(values: DraftValues): Asked<SitePlan | null> {
  const { metric, engine, alpha, settings, mde, plannedUnits, includeSimulated, arms } = values,
    design = { metric, engine, alpha, settings, mde, plannedUnits, includeSimulated, coverage: finallyCovered(values) };
  return useAnswer<SitePlan | null>(`${base}/plan`, { ...design, arms: arms.map(({ key, share }) => ({ key, share })) });
}

export function PlanLines({ plan: { data, error } }: { readonly plan: Asked<SitePlan | null> }) {
  if (error) return <p className="mq-hint">A plan appears when the arms and numbers above are complete.</p>;
  if (data === undefined) return null;
  if (data === null)
    return (
      <Notice title="No plan yet">
        Nobody of those who take part was here in the last four weeks, so nothing is known of this metric. The days needed appear while the experiment
        runs.
      </Notice>
    );
  return (
    <p className="mq-count" role="status">
      <strong>{daysOf(data)}</strong> {neededOf(data)} In {data.period}, {plural(data.viewers, 'viewer')} came, about {number(data.perDay, 1)} a day.
    </p>
  );
}

const daysOf = ({ days }: SitePlan): string => (days === null ? 'It cannot be said how long it takes.' : `About ${plural(days, 'day')}.`);
const neededOf = ({ change, units }: SitePlan): string =>
  units === null
    ? 'No number of viewers would be enough for so small a change.'
    : `A change of ${signed(change).replace('+', '')} is found with a probability of 80 % once ${plural(units, 'viewer')} took part.`;
