import type { Metric } from '../model.ts';
import type { Lift } from './compare.ts';
import { percent, signed, viewers } from './words.ts';

export interface Verdict {
  readonly kind: 'good' | 'bad' | 'open' | 'early' | 'broken' | 'empty';
  /** a few words: "Ship “Personal”" */
  readonly title: string;
  readonly text: string;
}
export interface VerdictArm {
  readonly name: string;
  readonly lift: Lift | null;
}
export interface VerdictInput {
  readonly metric: Metric;
  readonly days: number;
  readonly viewers: number;
  /** the sample-ratio alarm's words */
  readonly alarm: string | undefined;
  readonly control: string;
  readonly arms: readonly VerdictArm[];
}

/** An experiment runs at least so many days: weekdays and weekends differ, and so do first impressions. */
export const FEWEST_DAYS = 3;
const nouns: Record<Metric, string> = { ctr: 'clicks per film shown', conversion: 'viewers with a success within 72 hours' };

/** What to do, in words that follow from the intervals alone. */
export function verdictOf(input: VerdictInput): Verdict {
  const { arms, control, days, alarm } = input;
  if (input.viewers === 0) {
    return {
      kind: 'empty',
      title: 'Nobody has been in it yet',
      text: 'Results appear with the first list that a viewer gets. To see it at work, run: npm run simulate',
    };
  }
  if (alarm) return { kind: 'broken', title: 'Do not trust these numbers', text: alarm };
  const compared = arms.filter((arm): arm is Required<VerdictArm> & { lift: Lift } => arm.lift !== null);
  if (compared.length === 0) {
    return {
      kind: 'open',
      title: 'Too little to compare',
      text: `${viewers(input.viewers)} so far. Each arm needs two viewers and some success before there is an interval.`,
    };
  }
  const text = compared.map((arm) => sentence(input, arm)).join(' ');
  if (days < FEWEST_DAYS) {
    return {
      kind: 'early',
      title: 'Too early to decide',
      text: `Let it run for at least ${FEWEST_DAYS} days; this is day ${Math.floor(days) + 1}. So far: ${text}`,
    };
  }
  const better = compared.filter(({ lift }) => lift.low > 0).sort((a, b) => b.lift.effect - a.lift.effect);
  if (better[0]) return { kind: 'good', title: `Ship “${better[0].name}”`, text };
  if (compared.length === arms.length && compared.every(({ lift }) => lift.high < 0)) return { kind: 'bad', title: `Keep “${control}”`, text };
  return { kind: 'open', title: `No arm is better than “${control}” yet`, text };
}

function sentence({ metric, control }: VerdictInput, { name, lift }: { name: string; lift: Lift }): string {
  // No rate can fall by more than all of it, though the normal approximation of few viewers may say so.
  const interval = `${signed(Math.max(-1, lift.low))} to ${signed(lift.high)}`;
  if (lift.low > 0) return `“${name}” has ${percent(lift.effect)} more ${nouns[metric]} than “${control}” (95 % interval ${interval}).`;
  if (lift.high < 0) return `“${name}” has ${percent(-lift.effect)} fewer ${nouns[metric]} than “${control}” (95 % interval ${interval}).`;
  return `Whether “${name}” is better or worse than “${control}” cannot be told: the 95 % interval of the difference in ${nouns[metric]}, ${interval}, contains zero.`;
}

/** Why the interval is no invitation to stop on a good day. The share is from simulated A/A tests, see the research notes. */
export const peeking =
  'Decide on a day that you fix beforehand' +
  ': the interval holds for one look. Whoever looks every day and stops at the first good one finds a “winner” in about one of four tests in which nothing differs.';
