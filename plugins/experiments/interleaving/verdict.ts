import { control, type Experiment } from '../model.ts';
import { alarmOf } from '../results/health/check.ts';
import type { Results } from '../results/results.ts';
import { breaksGuardrail, distrust, guardrailWords, wait, type Verdict } from '../results/verdict.ts';
import { count, percent, viewers } from '../results/words.ts';
import type { For } from './acts.ts';
import { FEWEST } from './guardrails.ts';
import type { Interleaving } from './result.ts';

/** Said of a preference before the look that its interval is for. */
const notDue =
  'The interval for one look leaves zero; one that holds at every look does not yet. Let it go on, or decide on the day that you fixed beforehand.';

/**
 * The first rule that fits: nobody came · an alarm · a guardrail is broken · too few prefer one · too few days · the interval lies beside zero · go on.
 * Before the look that an interval is for, one that holds at every look must lie beside zero as well.
 */
export function verdictOf(found: Omit<Interleaving, 'verdict'>, experiment: Experiment, { health, days }: Omit<Results, 'verdict'>): Verdict {
  const { viewers: all, wins, deciding, anytime } = found.credits.find(({ what }) => what === found.deciding)!,
    due = experiment.stoppedAt !== null || (experiment.plannedUnits !== null && all >= experiment.plannedUnits),
    interval = (due ? deciding : anytime)?.interval,
    decided = wins.arm + wins.control;
  const alarm = alarmOf(health);
  if (all === 0) return wait('empty', 'Nobody has been in it yet', 'Results appear with the first list that a viewer gets.');
  if (alarm) return distrust(alarm);
  const text = [sentence(found, decided, all), ...guardrailWords({ guardrails: found.guardrails, arms: experiment.arms, control })].join(' ');
  if (found.guardrails.some((one) => breaksGuardrail(one, found.arm.key)))
    return { kind: 'bad', action: 'keep', arm: null, title: `Stop: keep “${found.control.name}”`, text, days: null };
  if (decided < FEWEST || !interval)
    return wait('open', 'Too few to decide', `${text} At least ${FEWEST} have to prefer one before anything is said.`);
  if (days < experiment.minDays)
    return wait(
      'early',
      'Too early to decide',
      `${text} Let it run for at least ${count(experiment.minDays)} days.`,
      Math.ceil(experiment.minDays - days),
    );
  if (interval[0] > 0) return { kind: 'good', action: 'ship', arm: found.arm.key, title: `Ship “${found.arm.name}”`, text, days: null };
  if (interval[1] < 0) return { kind: 'bad', action: 'keep', arm: null, title: `Keep “${found.control.name}”`, text, days: null };
  if (deciding && (deciding.interval[0] > 0 || deciding.interval[1] < 0)) return wait('early', 'Too early to decide', `${text} ${notDue}`);
  return wait('open', 'No preference can be told yet', `${text} The interval of the preference contains zero.`);
}

const didMore: Readonly<Record<For, string>> = {
  clicks: 'clicked more on films of one arm',
  successes: 'had more successes with films of one arm',
  rating: 'liked more films of one arm',
  watchlist: 'saved more films of one arm',
  watched: 'watched more films of one arm',
};

function sentence({ arm, control, deciding, credits }: Omit<Interleaving, 'verdict'>, decided: number, all: number): string {
  const { wins, sign } = credits.find(({ what }) => what === deciding)!,
    did = didMore[deciding];
  if (!sign) return `${viewers(all)} so far; nobody ${did}.`;
  return `Of ${viewers(all)}, ${count(decided)} ${did}: ${count(wins.arm)} of “${arm.name}”, ${count(wins.control)} of “${control.name}” (${percent(sign.share)} for “${arm.name}”).`;
}
