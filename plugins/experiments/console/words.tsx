import React from 'react';
import { Badge, percent, type BadgeKind } from '../../../core/console/kit/index.tsx';
import type { Correction, Decision, Engine, Kind, Status } from '../model.ts';
import type { MetricChoice } from './answer.ts';

export const base = '/admin/data/experiments';
export const data = `${base}/experiments`;
/** Numbers of a sentence keep their sign when the line ends there. */
export const tied = (text: string): string => text.replaceAll(' %', '\u00a0%');
export const page = (query = ''): string => `/admin/pages/experiments${query}`;

export const kindNames: Record<Exclude<Kind, 'holdout'>, string> = { ab: 'A/B test', interleaving: 'Interleaving', bandit: 'Bandit' };
export const kindMeanings: Record<Exclude<Kind, 'holdout'>, string> = {
  ab: 'Each viewer gets one arm and stays in it. The most reliable kind, and the only one that can judge whole pages and what comes days later.',
  interleaving:
    'Two arms in one list: each viewer sees films of both, and clicks tell which one is liked better. Finds a difference with far fewer viewers, but only in which films are chosen. Shares do not matter for it.',
  bandit:
    'Moves new viewers, hour by hour, to the arm that does best, so that few see a bad one. Nobody changes arm. Finds the best of several arms; says less about how much better it is.',
};

export const engineNames: Record<Engine, string> = {
  fixed: 'One look on a day chosen beforehand',
  sequential: 'Look whenever you like',
  'group-sequential': 'A few planned looks',
  bayes: 'Chance to win (Bayesian)',
};
export const engineMeanings: Record<Engine, string> = {
  fixed: 'The narrowest interval, right for one look. Whoever stops as soon as it looks good finds differences that are not there.',
  sequential: 'The interval holds at every moment, so you may stop as soon as it leaves zero. It is somewhat wider in return.',
  'group-sequential': 'Looks at equal parts of the planned viewers; early ones are strict, the last one is nearly as sharp as a single look.',
  bayes:
    'Says how likely the arm is better, and what choosing it would cost if it were not. With no prior, looking again and again misleads as well.',
};
export const engineMethods: Record<Engine, string> = {
  fixed: 'Welch’s t-test on the difference of the arms; ratios by the delta method.',
  sequential: 'Asymptotic confidence sequence (Waudby-Smith and others, 2021), narrowest at N* viewers; relative effects by Fieller’s interval.',
  'group-sequential':
    'Lan–DeMets spending of the error: α t² of it up to the share t of the planned viewers; relative effects by Fieller’s interval.',
  bayes: 'Normal posterior of the relative effect, flat or with a normal prior.',
};
export const correctionNames: Record<Correction, string> = {
  none: 'None: each question by itself',
  holm: 'Holm: hardly any false find at all',
  'benjamini-hochberg': 'Benjamini–Hochberg: few of the finds are false',
};

const kinds: Record<Status, BadgeKind> = {
  draft: 'neutral',
  scheduled: 'info',
  running: 'good',
  paused: 'warn',
  stopped: 'neutral',
  archived: 'neutral',
};
export const StatusBadge = ({ status }: { readonly status: Status }) => <Badge kind={kinds[status]}>{status}</Badge>;

export function decided(decision: Decision | null, arm: string | null): string {
  if (decision === null) return 'Ended, waits for your decision';
  if (decision === 'ship') return `Shipped “${arm}”`;
  return decision === 'keep' ? 'Kept the control' : 'Inconclusive';
}

export const metricOf = (metrics: readonly MetricChoice[], id: string): { readonly title: string; readonly noun: string } =>
  metrics.find((metric) => metric.id === id) ?? { title: id, noun: 'what a plugin counts that is off' };

/** A difference as "+12.3 %", with a real minus. */
export const signed = (fraction: number): string => `${fraction > 0 ? '+' : ''}${percent(fraction).replace('-', '−')}`;

/** 50 and 33.33, never 50.00 */
export const share = (value: number): string => `${Number(value.toFixed(2))} %`;

export const day = (days: number): string => (days < 1 ? 'first day' : `${days.toFixed(days < 10 ? 1 : 0)} days`);

/** A day, or an hour of it, short enough for the axis of a chart. UTC. */
export const moment = (at: string | number, step: 'hour' | 'day'): string =>
  new Date(at).toLocaleString('en', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
    ...(step === 'hour' && { hour: '2-digit', hourCycle: 'h23' }),
  });
/** How finely moments of a chart are named: by the hour while there are few days. */
export const stepOf = (times: readonly (string | number)[]): 'hour' | 'day' =>
  times.length > 1 && new Date(times.at(-1)!).getTime() - new Date(times[0]!).getTime() > 3 * 86_400_000 ? 'day' : 'hour';
