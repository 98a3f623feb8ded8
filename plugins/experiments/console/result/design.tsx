import React from 'react';
import { percent, plural, when } from '../../../../core/console/kit/index.tsx';
import type { ExperimentAnswer } from '../answer.ts';
import { conditionsInWords } from '../design/conditions.tsx';
import { correctionNames, engineNames, metricOf } from '../words.tsx';

type Props = Pick<ExperimentAnswer, 'experiment' | 'metrics' | 'layerName'>;

/** All that was chosen for it besides its arms, in words: so that nobody has to open a form to read it. */
export const Design = (props: Props) => (
  <dl className="mq-design">
    {factsOf(props).map(([name, value]) => (
      <React.Fragment key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </React.Fragment>
    ))}
  </dl>
);

function factsOf({ experiment, metrics, layerName }: Props): (readonly [name: string, value: string])[] {
  const { kind, guardrails, secondary } = experiment,
    titled = (id: string): string => metricOf(metrics, id).title;
  const guarded = guardrails.map(({ metric, margin }) => `${titled(metric)} (up to ${short(margin)} worse is accepted)`);
  const who = [['Who takes part', whoOf(experiment)] as const, ...(layerName ? [['Layer', rangeOf(experiment, layerName)] as const] : [])];
  if (kind === 'holdout') return who;
  return [
    ...who,
    ['How many of them', coverageOf(experiment)],
    ['When', whenOf(experiment)],
    ['How it is decided', decidedOf(experiment)],
    ['Guardrails', guarded.join(', ') || 'none'],
    ...(secondary.length > 0 && kind !== 'interleaving' ? [['Also looked at', secondary.map(titled).join(', ')] as const] : []),
  ];
}

/** 5 % and 0.5 %, never 5.0 % */
const short = (share: number): string => percent(share, Number.isInteger(Number((share * 100).toFixed(6))) ? 0 : 1);

function whoOf({ targeting, includeStaff, includeSimulated }: Props['experiment']): string {
  const who = conditionsInWords(targeting),
    besides = [!includeStaff && 'staff', !includeSimulated && 'simulated viewers'].filter(Boolean).join(' and ');
  return `${who.charAt(0).toUpperCase()}${who.slice(1)}${besides && `; without ${besides}`}`;
}

const rangeOf = ({ start, end }: Props['experiment'], layer: string): string => `“${layer}”, from ${short(start)} to ${short(end)} of its viewers`;

function coverageOf({ ramp, rampStep, coverage, status }: Props['experiment']): string {
  if (ramp.length === 0) return short(coverage);
  const steps = ramp.map((step) => short(step.coverage)).join(' → ');
  return `${steps}${pace(ramp.map(({ hours }) => hours))}${status === 'draft' ? '' : `; now at step ${rampStep + 1}`}`;
}

/** How fast it grows at most, where that is the same for each step. */
function pace(hours: readonly number[]): string {
  if (new Set(hours.slice(0, -1)).size !== 1) return '';
  return hours[0] === 0 ? ', as soon as nothing speaks against it' : `, each step for at least ${plural(hours[0]!, 'hour')}`;
}

function whenOf({ startsAt, endsAt, minDays }: Props['experiment']): string {
  const start = startsAt ? `From ${when(startsAt)}` : 'From its launch',
    end = endsAt ? `until ${when(endsAt)}` : 'until somebody stops it';
  return `${start} ${end}; at least ${plural(minDays, 'day')}`;
}

function decidedOf({ kind, engine, correction, cuped, alpha }: Props['experiment']): string {
  if (kind === 'bandit') return `New viewers move to the arm that does best; error rate ${alpha}`;
  const own = [engineNames[engine], `error rate ${alpha}`];
  if (kind === 'ab' && correction !== 'none') own.push(`corrected: ${correctionNames[correction].split(':')[0]!}`);
  if (kind === 'ab' && cuped) own.push('using what is known from before (CUPED)');
  return own.join('; ');
}
