import React, { useState } from 'react';
import { Badge, Button, number, Panel, percent, Table } from '../../../../core/console/kit/index.tsx';
import type { ExperimentAnswer } from '../answer.ts';
import { engineMethods, signed } from '../words.tsx';
import { Interval, reach } from './interval.tsx';
import type { ResultsProps } from './results.tsx';

type Metric = ResultsProps['results']['metrics'][number];
type Arm = Metric['arms'][number];
interface Line {
  readonly metric: Metric;
  readonly arm: Arm;
  readonly name: string;
  readonly base: number | null;
}
const roles: Record<Metric['role'], string> = { primary: 'decides', secondary: 'also looked at', guardrail: 'guardrail', other: '' };
/** A guardrail may be looked at besides. */
const roleOf = ({ role, margin }: Metric): string => (role === 'secondary' && margin !== null ? roles.guardrail : roles[role]);
const says: Record<Arm['says'], string> = { better: 'better', worse: 'worse', open: 'open', few: 'too few viewers' };

/** How each arm differs from the control, metric by metric, with the interval as a drawing. */
export function Effects({ experiment, results }: ResultsProps) {
  const [all, showAll] = useState(false);
  const metrics = results.metrics.filter(({ role }) => all || role !== 'other');
  const lines = metrics.flatMap((metric) => linesOf(metric, experiment));
  return (
    <Panel
      title="Effects"
      lead={`Where the line stays clear of the upright one, the arm differs from the control. A difference is a share of the control's value: +10 % of a click rate of 2 % is 2.2 %.`}
      actions={
        <Button aria-pressed={all} onClick={() => showAll(!all)}>
          All metrics
        </Button>
      }
    >
      <EffectTable caption="Effect on each metric" lines={lines} />
      <Method experiment={experiment} lines={lines} />
    </Panel>
  );
}

/** Each metric in each arm beside the control, with the difference as a number and as a drawing. */
export const EffectTable = ({ caption, lines }: { readonly caption: string; readonly lines: readonly Line[] }) => (
  <Table
    caption={caption}
    rows={lines}
    rowKey={({ metric, arm }) => `${metric.id} ${arm.key}`}
    empty="Nothing is counted yet."
    stacked
    columns={[
      {
        title: 'Metric',
        cell: ({ metric }) => (
          <>
            {metric.title}
            <div className="mq-soft mq-small">{roleOf(metric)}</div>
          </>
        ),
      },
      { title: 'Arm', cell: ({ name }) => name },
      { title: 'Control', right: true, cell: ({ metric, base }) => valueOf(metric, base) },
      { title: 'Arm’s value', right: true, cell: ({ metric, arm }) => valueOf(metric, arm.value) },
      { title: 'Difference', cell: (line) => <Difference {...line} lines={lines.filter(({ metric }) => metric === line.metric)} /> },
      { title: 'Says', cell: ({ metric, arm }) => <Says metric={metric} arm={arm} /> },
    ]}
  />
);

/** One line an arm that is compared with the control. */
export const linesOf = (metric: Metric, { arms }: Pick<ExperimentAnswer['experiment'], 'arms'>): Line[] =>
  metric.arms
    .filter(({ key }) => key !== 'control')
    .map((arm) => ({
      metric,
      arm,
      name: arms.find(({ key }) => key === arm.key)?.name ?? arm.key,
      base: metric.arms.find(({ key }) => key === 'control')?.value ?? null,
    }));

const suffixes: Partial<Record<Metric['unit'], string>> = { milliseconds: ' ms', bits: ' bits' };
const valueOf = ({ unit }: Metric, value: number | null): string =>
  unit === 'share' ? percent(value, 2) : number(value, 2) + (value === null ? '' : (suffixes[unit] ?? ''));
const effectOf = ({ scale, unit }: Metric, value: number): string =>
  scale === 'relative' || unit === 'share' ? signed(Math.max(-1, value)) : `${value > 0 ? '+' : ''}${value.toFixed(2).replace('-', '−')}`;

function Difference({ metric, arm, lines }: Line & { readonly lines: readonly Line[] }) {
  const lift = arm.deciding;
  if (!lift) return <span className="mq-soft">too little to compare</span>;
  return (
    <>
      <strong className="mq-nowrap">{effectOf(metric, lift.effect)}</strong>{' '}
      <span className="mq-soft mq-nowrap">
        ({effectOf(metric, lift.low)} to {effectOf(metric, lift.high)})
      </span>
      <Interval lift={lift} better={metric.better} reach={reach(lines.map((line) => line.arm.deciding))} />
    </>
  );
}

function Says({ metric, arm }: { readonly metric: Metric; readonly arm: Arm }) {
  const chance = arm.deciding?.chanceToWin;
  return (
    <>
      <Badge kind={arm.says === 'better' ? 'good' : arm.says === 'worse' ? 'bad' : 'neutral'}>{arm.deciding ? says[arm.says] : 'no data'}</Badge>
      {chance !== null && chance !== undefined && <div className="mq-soft mq-small">chance to win {percent(chance, 0)}</div>}
      {metric.margin !== null && <div className="mq-soft mq-small">up to {percent(metric.margin, 0)} worse is accepted</div>}
    </>
  );
}

const Method = ({
  experiment: { engine, alpha, correction, cuped },
  lines,
}: Pick<ResultsProps, 'experiment'> & { readonly lines: readonly Line[] }) => (
  <details className="mq-details">
    <summary>The exact method</summary>
    <p>
      {engineMethods[engine]} Error rate α = {alpha}.{' '}
      {correction === 'none' || engine === 'bayes'
        ? 'No correction for many questions.'
        : `Corrected for many questions by ${correction === 'holm' ? 'Holm' : 'Benjamini and Hochberg'}.`}{' '}
      {lines.some(({ metric }) => metric.margin !== null) &&
        'The site looks at guardrails every few minutes, so they are judged by an interval that holds at every look (asymptotic confidence sequence, narrowest at 500 viewers), before planned looks, too. '}
      {cuped ? 'Variance is reduced by what viewers did in the 14 days before (CUPED), within strata.' : 'Without variance reduction.'}
    </p>
    <ul>
      {lines.flatMap(({ metric, arm, name }) =>
        typeof arm.deciding?.pValue === 'number'
          ? [
              <li key={`${metric.id} ${arm.key}`}>
                {metric.title}, {name}: p {pValue(arm.deciding.pValue)}
              </li>,
            ]
          : [],
      )}
    </ul>
  </details>
);

const pValue = (p: number): string => (p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`);
