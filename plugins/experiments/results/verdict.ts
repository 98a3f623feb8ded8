import type { Lift } from './effects.ts';
import { containsZero, type MetricArm, type MetricResult } from './metrics.ts';
import { change, count, percent, size, viewers } from './words.ts';

export interface Verdict {
  readonly kind: 'good' | 'bad' | 'open' | 'early' | 'broken' | 'empty';
  /** what to do: ship the arm, keep the control, go on, or mend the experiment */
  readonly action: 'ship' | 'keep' | 'wait' | 'mend';
  /** key of the arm to ship */
  readonly arm: string | null;
  /** a few words: "Ship “Personal”" */
  readonly title: string;
  readonly text: string;
  /** about so many more days until the planned effect would be seen; null where that cannot be told */
  readonly days: number | null;
}
export interface VerdictInput {
  /** in the order of the arms, the control among them */
  readonly arms: readonly { readonly key: string; readonly name: string }[];
  readonly control: string;
  /** what decides; undefined where the plugin that counts it is off */
  readonly primary: MetricResult | undefined;
  readonly guardrails: readonly MetricResult[];
  /** how long it has run, and must at least */
  readonly days: number;
  readonly minDays: number;
  readonly viewers: number;
  /** the words of an alarm that makes all numbers worthless */
  readonly alarm: string | undefined;
  /** of a group-sequential test: the first look is not due before so many units */
  readonly firstLookAt: number | undefined;
  /** it was stopped, or its time is over: nobody is told to wait */
  readonly over: boolean;
  readonly daysLeft: number | null;
  /** whether this is a look at which the interval holds: of a test for one look, the one when all planned viewers are in */
  readonly due: boolean;
  /** 1 − α in percent, "95" */
  readonly confidence: string;
}

interface Harm {
  readonly key: string;
  readonly name: string;
  /** guardrails that the arm breaks for sure */
  readonly breaks: readonly string[];
}
interface Judged extends Harm {
  readonly figures: MetricArm & { readonly deciding: Lift };
  /** it differs by the interval of a look that is not due, and not by one that holds at every look */
  readonly early: boolean;
}

/**
 * What to do, in words that follow from the intervals alone. The first rule that fits holds:
 *  1. nobody was in it → wait · 2. an alarm, or no metric → mend · 3. an arm breaks a guardrail for sure, and no other arm is
 *  left → keep · 4. too few units, or nothing to compare, or the first look is not due → wait · 5. fewer days than planned → wait
 *  6. the interval of an arm that breaks no guardrail lies on the good side of zero → ship the best one of those
 *  7. every arm is worse, or breaks a guardrail → keep · 8. otherwise → wait
 * Before the look that an interval is for, 6 and 7 also ask for an interval that holds at every look: this rule is asked every few minutes.
 */
export function verdictOf(input: VerdictInput): Verdict {
  const { alarm, primary } = input;
  if (input.viewers === 0)
    return wait(
      'empty',
      'Nobody has been in it yet',
      'Results appear with the first list that a viewer gets. To see it at work, run: npm run simulate',
    );
  if (alarm) return distrust(alarm);
  if (!primary)
    return mend('The deciding metric is missing', 'The plugin that counts it is switched off. Switch it on under “Plugins and settings”.');
  const treatments = primary.arms.filter(({ key }) => key !== input.control);
  const judged = treatments.flatMap((figures): Judged[] => (figures.deciding ? [judge(input, figures as Judged['figures'])] : []));
  const broken = treatments.map(({ key }) => harmOf(input, key)).filter(({ breaks }) => breaks.length > 0);
  if (broken.length === treatments.length) return keep(input, judged, broken);
  const few = primary.arms.find(({ units }) => units < primary.minimum);
  if (input.firstLookAt !== undefined)
    return wait(
      'open',
      'The first look is still to come',
      `${viewers(input.viewers)} so far; the first look is due at ${count(input.firstLookAt)}.`,
      input.daysLeft,
    );
  if (judged.length === 0)
    return wait(
      'open',
      'Too little to compare',
      `${viewers(input.viewers)} so far. The arms need more viewers, or more successes, before there is an interval.`,
    );
  const text = [...judged.map((arm) => sentence(input, primary, arm)), ...guardrailWords(input)].join(' ');
  if (few)
    return wait(
      'open',
      'Too few viewers to decide',
      `An arm needs ${count(primary.minimum)} viewers before its numbers mean anything. So far: ${text}`,
      input.daysLeft,
    );
  if (input.days < input.minDays)
    return wait(
      'early',
      'Too early to decide',
      input.over
        ? `It was to run for at least ${count(input.minDays)} days. ${text}`
        : `Let it run for at least ${count(input.minDays)} days; this is day ${Math.floor(input.days) + 1}. So far: ${text}`,
      Math.ceil(input.minDays - input.days),
    );
  const best = judged.filter(({ breaks, figures, early }) => breaks.length === 0 && figures.says === 'better' && !early).sort(byEffect(primary))[0];
  if (best) return { kind: 'good', action: 'ship', arm: best.key, title: `Ship “${best.name}”`, text, days: null };
  const lost = judged.filter(({ breaks, figures, early }) => breaks.length > 0 || (figures.says === 'worse' && !early));
  if (lost.length === treatments.length) return keep(input, judged, broken, text);
  const more =
    input.daysLeft === null || (input.over && input.daysLeft > 0)
      ? ''
      : input.daysLeft > 0
        ? ` Keep it running, about ${count(input.daysLeft)} more ${input.daysLeft === 1 ? 'day' : 'days'}.`
        : ' All planned viewers are in: if there is a difference, it is smaller than the one you looked for.';
  if (judged.some(({ early }) => early)) return wait('early', 'Too early to decide', `${text} ${notDue}${more}`, input.daysLeft);
  const none = `No arm is better than “${nameOf(input, input.control)}”`;
  return input.over ? wait('open', `${none} for sure`, text + more) : wait('open', `${none} yet`, text + more, input.daysLeft);
}

/** Said of a difference before the look that its interval is for. */
const notDue =
  'That interval is for one look, when all planned viewers are in. One that holds at every look still contains zero, and before that look chance does this much more often.';

/** What viewers who are all simulated do says nothing of people. */
export const ofSimulated = (verdict: Verdict): Verdict => ({
  ...verdict,
  text: `${verdict.text} All of these viewers are simulated: this shows how it works, not what people want.`,
});

export const wait = (kind: 'empty' | 'open' | 'early', title: string, text: string, days: number | null = null): Verdict => ({
  kind,
  action: 'wait',
  arm: null,
  title,
  text,
  days,
});
const mend = (title: string, text: string): Verdict => ({ kind: 'broken', action: 'mend', arm: null, title, text, days: null });
/** @param alarm the words of it */
export const distrust = (alarm: string): Verdict => mend('Do not trust these numbers', alarm);

function keep(
  input: VerdictInput,
  judged: readonly Judged[],
  broken: readonly Harm[],
  text = judged.map((arm) => sentence(input, input.primary!, arm)).join(' '),
): Verdict {
  const harm = broken.map(({ name, breaks }) => `“${name}” makes ${breaks.join(' and ')} worse by more than is allowed.`).join(' ');
  const name = `“${nameOf(input, input.control)}”`;
  return {
    kind: 'bad',
    action: 'keep',
    arm: null,
    title: broken.length > 0 && broken.length === input.arms.length - 1 ? `Stop: keep ${name}` : `Keep ${name}`,
    text: [harm, text].filter(Boolean).join(' '),
    days: null,
  };
}

const nameOf = ({ arms }: VerdictInput, key: string): string => arms.find((arm) => arm.key === key)?.name ?? key;
const byEffect =
  ({ better }: MetricResult) =>
  (a: Judged, b: Judged): number =>
    (b.figures.deciding.effect - a.figures.deciding.effect) * (better === 'up' ? 1 : -1);

const harmOf = (input: VerdictInput, key: string): Harm => ({
  key,
  name: nameOf(input, key),
  breaks: input.guardrails.filter((metric) => breaksGuardrail(metric, key)).map(({ title }) => `“${title}”`),
});

function judge(input: VerdictInput, figures: Judged['figures']): Judged {
  const always = figures.always?.[input.primary!.scale];
  const early = !input.due && !containsZero(figures.deciding) && (!always || containsZero(always));
  return { ...harmOf(input, figures.key), figures, early };
}

/** Whether an arm is worse for sure than its margin allows: the whole interval, one that holds at every look, lies beyond it. */
export function breaksGuardrail({ arms, better, margin }: MetricResult, key: string): boolean {
  const lift = arms.find((arm) => arm.key === key)?.always?.relative;
  return !!lift && (better === 'up' ? lift.high < -(margin ?? 0) : lift.low > (margin ?? 0));
}
/** Whether it may be: the interval reaches beyond the margin. */
const mayBreak = ({ arms, better, margin }: MetricResult, key: string): boolean => {
  const lift = arms.find((arm) => arm.key === key)?.always?.relative;
  return !lift || (better === 'up' ? lift.low < -(margin ?? 0) : lift.high > (margin ?? 0));
};

function sentence(input: VerdictInput, { noun, scale, unit }: MetricResult, { name, figures: { deciding } }: Judged): string {
  const of = { scale, unit },
    against = `“${nameOf(input, input.control)}”`;
  // No rate can fall by more than all of it, though the normal approximation of few viewers may say so.
  const low = scale === 'relative' ? Math.max(-1, deciding.low) : deciding.low;
  const interval = `${change(low, of)} to ${change(deciding.high, of)}`;
  if (containsZero(deciding))
    return `Whether “${name}” is better or worse than ${against} cannot be told: the ${input.confidence} % interval of the difference in ${noun}, ${interval}, contains zero.`;
  return `“${name}” has ${size(deciding.effect, of)} ${deciding.effect > 0 ? 'more' : 'fewer'} ${noun} than ${against} (${input.confidence} % interval ${interval}).`;
}

/** What is to be said of each guardrail: broken for sure, or perhaps. */
export function guardrailWords({ guardrails, arms, control: base }: Pick<VerdictInput, 'guardrails' | 'arms' | 'control'>): string[] {
  return arms
    .filter(({ key }) => key !== base)
    .flatMap(({ key, name }) => [
      ...guardrails
        .filter((one) => breaksGuardrail(one, key))
        .map((one) => `“${name}” breaks the guardrail “${one.title}”: it is worse by more than ${percent(one.margin ?? 0)}.`),
      ...guardrails
        .filter((one) => !breaksGuardrail(one, key) && mayBreak(one, key))
        .map((one) => `Whether “${name}” harms “${one.title}” by more than ${percent(one.margin ?? 0)} cannot be told yet.`),
    ]);
}
