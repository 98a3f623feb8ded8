import type { MetricDefinition } from '../../../recommend/measures.ts';
import { control, type Experiment } from '../model.ts';
import { adjust, familyInterval } from '../statistics/multiple.ts';
import { figuresOf, shown, type Known, type Lift, type Shown } from './effects.ts';

export type Role = 'primary' | 'secondary' | 'guardrail' | 'other';
export interface MetricResult extends Pick<MetricDefinition, 'id' | 'title' | 'noun' | 'kind' | 'better' | 'scale' | 'unit' | 'minimum'> {
  readonly role: Role;
  /** of a guardrail: how much worse it may be, as a share of the control's value */
  readonly margin: number | null;
  readonly arms: readonly MetricArm[];
}
export interface MetricArm extends Shown {
  /** the effect on the metric's own scale, corrected for many questions where the experiment wants that: it decides */
  readonly deciding: Lift | null;
  /** of what decides and of guardrails: effects with intervals that hold at every look; null before both arms have the metric's minimum */
  readonly always: Pick<Shown, 'relative' | 'absolute'> | null;
  /** better, worse, or not to be told: what the deciding interval says; nothing before both arms have the metric's minimum */
  readonly says: 'better' | 'worse' | 'open' | 'few';
}
/** What is known for somebody who looks at any time. */
export type Always = Pick<Known, 'engine' | 'totals' | 'moment'>;

/**
 * Every metric, what decides first. Those that the experiment names are corrected together; the rest is for reading. Guardrails are
 * looked at all the time, whatever the engine, and so judged by what holds then.
 */
export function metricResults(
  definitions: readonly MetricDefinition[],
  known: Known & { readonly experiment: Experiment; readonly always: Always },
): MetricResult[] {
  const { experiment } = known,
    watched = { ...known, ...known.always };
  const ranked = definitions
    .map((metric) => ({ metric, role: roleOf(metric.id, experiment) }))
    .sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
  const results = ranked.map(({ metric, role }): MetricResult => {
    const { id, title, noun, kind, better, scale, unit, minimum } = metric,
      margin = marginOf(id, experiment);
    const always = role === 'primary' || margin !== null ? figuresOf(metric, watched) : undefined,
      figures = role === 'guardrail' ? always! : figuresOf(metric, known),
      base = figures.find(({ key }) => key === control)?.units ?? 0;
    const arms = figures.map((one, i) =>
      withVerdict(metric, shown(one), one[scale], { enough: Math.min(base, one.units) >= minimum, always: always?.[i] }),
    );
    return { id, title, noun, kind, better, scale, unit, minimum, role, margin, arms };
  });
  return experiment.correction === 'none' ? results : corrected(results, experiment.correction, experiment.alpha);
}

const order: readonly Role[] = ['primary', 'secondary', 'guardrail', 'other'];
function roleOf(id: string, { metric, secondary, guardrails }: Experiment): Role {
  if (id === metric) return 'primary';
  if (secondary.includes(id)) return 'secondary';
  return guardrails.some((guardrail) => guardrail.metric === id) ? 'guardrail' : 'other';
}
/** null where the metric is no guardrail */
export const marginOf = (id: string, { guardrails }: Experiment): number | null => guardrails.find(({ metric }) => metric === id)?.margin ?? null;

interface Weighed {
  /** whether both arms have so many units that something may be said */
  readonly enough: boolean;
  readonly always?: Pick<Shown, 'relative' | 'absolute'> | null | undefined;
}
export const withVerdict = (
  { better }: Pick<MetricDefinition, 'better'>,
  figures: Shown,
  deciding: Lift | null,
  { enough, always }: Weighed,
): MetricArm => ({
  ...figures,
  deciding,
  always: enough && always ? { relative: always.relative, absolute: always.absolute } : null,
  says: enough ? saysOf(better, deciding) : 'few',
});

export const containsZero = ({ low, high }: Pick<Lift, 'low' | 'high'>): boolean => low <= 0 && high >= 0;
const saysOf = (better: MetricDefinition['better'], lift: Lift | null): 'better' | 'worse' | 'open' =>
  !lift || containsZero(lift) ? 'open' : lift.low > 0 === (better === 'up') ? 'better' : 'worse';

/** Primary and secondary metrics in all arms are one family; the intervals grow so that they agree with the corrected p-values. */
function corrected(results: readonly MetricResult[], correction: 'holm' | 'benjamini-hochberg', alpha: number): MetricResult[] {
  const family = results
    .filter(({ role }) => role === 'primary' || role === 'secondary')
    .flatMap(({ arms }) => arms.map(({ deciding }) => deciding).filter((lift) => lift !== null && lift.pValue !== null)) as (Lift & {
    pValue: number;
  })[];
  const adjusted = new Map(
    adjust(
      correction,
      family.map(({ pValue }) => pValue),
    ).map((p, i) => [family[i] as Lift, p]),
  );
  return results.map((result) => ({
    ...result,
    arms: result.arms.map((arm) => {
      const p = arm.deciding && adjusted.get(arm.deciding);
      if (!arm.deciding || p === null || p === undefined) return arm;
      const { effect, low, high } = arm.deciding;
      const interval = familyInterval(effect, [low, high], p, { alpha, family: family.length });
      return withVerdict(
        result,
        arm,
        { ...arm.deciding, low: interval[0], high: interval[1], pValue: p },
        { enough: arm.says !== 'few', always: arm.always },
      );
    }),
  }));
}
