import type { MetricDefinition } from '../../../recommend/measures.ts';
import { count, percent } from '../results/words.ts';
import type { Rate, Rehearsed } from '../statistics/rehearsal/rehearse.ts';
import { PEEKS, type WayId } from '../statistics/rehearsal/ways.ts';
import type { Proof } from './result.ts';

/** Power below which a test more likely disappoints than it should. */
const ENOUGH = 0.8;
type Said = Proof['says'][number];

interface Found {
  readonly metric: Pick<MetricDefinition, 'noun'>;
  readonly own: WayId;
  readonly ways: readonly Rehearsed[];
  readonly alpha: number;
  readonly effect: number;
  readonly runs: number;
}

/** What a rehearsal means, for somebody who has never heard of p-values. */
export function saysOf({ metric, own, ways, alpha, effect, runs }: Found): Said[] {
  const of = (id: WayId): Rehearsed => ways.find((way) => way.id === id)!,
    { falseAlarms, found } = of(own),
    peeking = own === 'fixed' || own === 'bayes' ? of(`${own}-peeking`).falseAlarms : undefined;
  return [
    alarms(falseAlarms, alpha, runs),
    power(found, effect, metric.noun),
    ...(peeking && peeking.low > alpha ? [peeks(peeking, falseAlarms)] : []),
  ];
}

const around = ({ low, high }: Rate): string => `between ${percent(low)} and ${percent(high)} in the long run`;

function alarms(rate: Rate, alpha: number, runs: number): Said {
  const ran = `This test was run ${count(runs)} times on your own viewers with nothing to find: both arms were the same. In ${percent(rate.share)} of the runs it saw a difference all the same, a false alarm (${around(rate)})`;
  return rate.low > alpha
    ? { level: 'warn', text: `${ran}. That is more than the ${percent(alpha)} that you accept: do not trust this way of deciding for this metric.` }
    : { level: 'good', text: `${ran}. You accept ${percent(alpha)}, so what it finds can be trusted.` };
}

function power(rate: Rate, effect: number, noun: string): Said {
  const missed = 1 - rate.share;
  const ran = `Then one arm was given ${percent(Math.abs(effect))} ${effect < 0 ? 'fewer' : 'more'} ${noun}. The test found that in ${percent(rate.share)} of the runs (${around(rate)})`;
  return rate.high < ENOUGH
    ? {
        level: 'warn',
        text: `${ran}: in ${percent(missed)} of the cases so good a change would go unnoticed. Plan more viewers, or look for a larger change.`,
      }
    : { level: 'good', text: `${ran}: as often as tests are usually planned for, or more. With more viewers it is missed less often.` };
}

const peeks = (rate: Rate, once: Rate): Said => ({
  level: 'warn',
  text: `Look once, at the end. Whoever looks ${PEEKS} times and stops at the first difference sees one that is not there in ${percent(rate.share)} of the runs in place of ${percent(once.share)}. To look whenever you like, choose another way to decide.`,
});
