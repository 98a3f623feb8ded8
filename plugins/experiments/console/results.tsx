import React from 'react';
import { Notice, Panel, type NoticeKind } from '../../../core/console/kit/index.tsx';
import { ArmsTable } from './arms-table.tsx';
import type { ExperimentAnswer } from './answer.ts';
import { Course } from './course.tsx';

export interface ResultsProps {
  readonly experiment: ExperimentAnswer['experiment'];
  readonly results: NonNullable<ExperimentAnswer['results']>;
  readonly peeking: string;
}
const kinds: Record<ResultsProps['results']['verdict']['kind'], NoticeKind> = {
  good: 'good',
  bad: 'warn',
  open: 'info',
  early: 'info',
  broken: 'bad',
  empty: 'info',
};

/** The verdict, whether it can be trusted, the numbers, and how they came about. */
export function Results({ experiment, results, peeking }: ResultsProps) {
  const { verdict, viewers } = results;
  return (
    <>
      <Notice kind={kinds[verdict.kind]} title={experiment.status === 'stopped' ? `At the end: ${verdict.title}` : verdict.title}>
        {verdict.text}
      </Notice>
      {viewers > 0 && (
        <>
          <Trust {...results} peeking={experiment.status === 'stopped' ? undefined : peeking} />
          <ArmsTable arms={results.arms} metric={experiment.metric} />
          <Course course={results.course} metric={experiment.metric} />
        </>
      )}
    </>
  );
}

function Trust({ health, peeking }: Pick<ResultsProps['results'], 'health'> & { readonly peeking: string | undefined }) {
  const alarm = health.split.alarm || health.crossed.alarm;
  return (
    <Panel title="Can it be trusted?" {...(alarm && { lead: 'Something is wrong with how viewers were counted.' })}>
      <ul className="mq-stack">
        <li>
          {health.split.text}{' '}
          <span className="mq-soft">(p = {health.split.pValue < 0.001 ? health.split.pValue.toExponential(1) : health.split.pValue.toFixed(3)})</span>
        </li>
        <li>{health.crossed.text}</li>
        <li>{health.simulated.share > 0 ? <strong>{health.simulated.text}</strong> : health.simulated.text}</li>
        {peeking && <li>{peeking}</li>}
      </ul>
    </Panel>
  );
}
