import type { MetricDefinition } from '../../../recommend/measures.ts';
import { control, type Experiment } from '../model.ts';
import { alarmOf } from '../results/health/check.ts';
import type { Results } from '../results/results.ts';
import { breaksGuardrail, distrust, guardrailWords, wait, type Verdict } from '../results/verdict.ts';
import { count, percent, viewers } from '../results/words.ts';
import type { BanditArm } from './result.ts';

/** So sure, that an arm is called the best. */
const SURE = 0.95;
const learning = 'Shares begin to move once each arm has 100 viewers.';

const keep = (title: string, text: string): Verdict => ({ kind: 'bad', action: 'keep', arm: null, title, text, days: null });

/**
 * The first rule that fits: nobody came · an alarm · the best arm, or every arm, breaks a guardrail · none is the best for sure · too few days ·
 * the intervals do not say otherwise: ship the best one, or keep the control · go on.
 */
export function verdictOf(
  arms: readonly BanditArm[],
  experiment: Pick<Experiment, 'minDays' | 'arms'>,
  { better, noun }: Pick<MetricDefinition, 'better' | 'noun'>,
  { viewers: all, days, health, metrics }: Omit<Results, 'verdict'>,
): Verdict {
  const alarm = alarmOf(health),
    guardrails = metrics.filter(({ margin }) => margin !== null),
    harms = (key: string): boolean => guardrails.some((one) => breaksGuardrail(one, key)),
    others = arms.filter(({ key }) => key !== control),
    base = arms.find(({ key }) => key === control)!;
  if (all === 0) return wait('empty', 'Nobody has been in it yet', learning);
  if (alarm) return distrust(alarm);
  const first = arms.reduce((a, b) => ((b.best ?? 0) > (a.best ?? 0) ? b : a)),
    words = guardrailWords({ guardrails, arms: experiment.arms, control }),
    said = (...sentences: readonly string[]): string => [...sentences, ...words].join(' ');
  const leads = `“${first.name}” has the ${better === 'up' ? 'most' : 'fewest'} ${noun} with a probability of ${percent(first.best ?? 0)}, and gets ${percent(first.share / 100)} of the new viewers.`;
  if (harms(first.key) || others.every(({ key }) => harms(key)))
    return keep(`Stop: keep “${base.name}”`, said(...(first.best === null ? [] : [leads])));
  if (first.best === null) return wait('open', 'Still learning', said(`${viewers(all)} so far. ${learning}`));
  if (first.best < SURE) return wait('open', 'Still learning', said(leads));
  if (days < experiment.minDays)
    return wait(
      'early',
      'Too early to decide',
      said(leads, `It should run for at least ${count(experiment.minDays)} days.`),
      Math.ceil(experiment.minDays - days),
    );
  /** 1: the interval says that the arm is better than the control, −1: worse */
  const side = ({ effect }: BanditArm): number =>
    effect === null || effect.interval[0] * effect.interval[1] <= 0 ? 0 : Math.sign(effect.effect) * (better === 'up' ? 1 : -1);
  if (first.key === control)
    return others.every((arm) => side(arm) < 0)
      ? keep(`Keep “${first.name}”`, said(leads))
      : wait('open', 'Almost found', said(leads, 'The interval of another arm contains zero still.'));
  return side(first) > 0
    ? { kind: 'good', action: 'ship', arm: first.key, title: `Ship “${first.name}”`, text: said(leads), days: null }
    : wait('open', 'Almost found', said(leads, 'The interval of its difference from the control contains zero still.'));
}
