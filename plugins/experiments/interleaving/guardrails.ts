import type { MetricDefinition } from '../../../recommend/measures.ts';
import { control, type Experiment } from '../model.ts';
import type { Lift } from '../results/effects.ts';
import { always } from '../results/engine.ts';
import { marginOf, withVerdict, type MetricArm, type MetricResult } from '../results/metrics.ts';
import { judge } from '../statistics/engines/compare.ts';
import type { EffectMoments } from '../statistics/effect.ts';
import { pairedDifference, pairedLogRatio, type PairSums } from '../statistics/interleaving/paired.ts';
import { creditOf } from './acts.ts';
import type { StepCredit } from './credit.ts';

/** Viewers who did more with the films of one of the arms, or nothing is said: fewer are swayed by a single one. */
export const FEWEST = 30;

/**
 * Guardrails of lists that hold films of both arms: what viewers did with the arm's films, against what the same viewers did
 * with the control's in the same lists. Only acts on single films can be told apart like this. The site looks at them all the time,
 * so that their intervals hold at every look.
 */
export function guardrailsOf(
  experiment: Experiment,
  steps: readonly StepCredit[],
  definition: (id: string) => MetricDefinition | undefined,
): MetricResult[] {
  return experiment.guardrails.flatMap(({ metric: wanted }) => {
    const metric = definition(wanted);
    if (!metric) return [];
    const step = steps.findLast(({ what }) => what === creditOf(wanted)),
      { id, title, noun, kind, better, minimum } = metric;
    const arms = experiment.arms.map(({ key }) => armOf(key, metric, step, experiment));
    return [
      {
        id,
        title,
        noun,
        kind,
        better,
        scale: 'relative' as const,
        // Acts per viewer, whatever the metric is otherwise.
        unit: 'count' as const,
        minimum,
        role: 'guardrail' as const,
        margin: marginOf(id, experiment),
        arms,
      },
    ];
  });
}

function armOf(key: string, metric: MetricDefinition, step: StepCredit | undefined, experiment: Experiment): MetricArm {
  const n = step?.sums.n ?? 0,
    acts = (key === control ? step?.acts.b : step?.acts.a) ?? 0;
  const told = key !== control && step && step.wins.a + step.wins.b >= FEWEST && hasSquares(step.acts) ? step.acts : undefined;
  const ratio = told && pairedLogRatio(told),
    difference = told && pairedDifference(told);
  const lifts = {
    relative: ratio ? liftOf(ratio, experiment, Math.expm1) : null,
    absolute: difference ? liftOf(difference, experiment) : null,
  };
  const shown = { key, units: n, value: n > 0 ? acts / n : null, ...lifts };
  return withVerdict(metric, shown, lifts.relative, { enough: key === control || told !== undefined, always: lifts });
}

const hasSquares = (acts: StepCredit['acts']): acts is PairSums => acts.bb !== undefined;

function liftOf(moments: EffectMoments, experiment: Experiment, back = (x: number): number => x): Lift {
  const { effect, interval, pValue } = judge(always, moments, { relative: false, alpha: experiment.alpha });
  return { effect: back(effect), low: back(interval[0]), high: back(interval[1]), pValue: pValue ?? null, chanceToWin: null, risk: null };
}
