import React from 'react';
import { Notice, Panel, type NoticeKind } from '../../../core/console/kit/index.tsx';
import { ArmsTable } from './arms-table.tsx';
import type { ExperimentAnswer } from './answer.ts';
import { Course } from './course.tsx';

export interface ResultsProps {
  readonly experiment: ExperimentAnswer['experiment'];
  readonly results: NonNullable<ExperimentAnswer['results']>;
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
export function Results({ experiment, results }: ResultsProps) {
  const { verdict, viewers } = results;
  return (
    <>
      <Notice kind={kinds[verdict.kind]} title={experiment.status === 'stopped' ? `At the end: ${verdict.title}` : verdict.title}>
        {verdict.text}
      </Notice>
      {viewers > 0 && (
        <>
          <Trust {...results} over={experiment.stoppedAt !== null} />
          {results.metrics.length > 0 && <ArmsTable arms={results.arms} metrics={results.metrics.filter(({ role }) => role !== 'other')} />}
          {results.course && <Course course={results.course} title={results.metrics[0]!.title} />}
        </>
      )}
    </>
  );
}

function Trust({ health, peeking, over }: Pick<ResultsProps['results'], 'health' | 'peeking'> & { readonly over: boolean }) {
  const alarm = health.some(({ level }) => level === 'alarm');
  return (
    <Panel title="Can it be trusted?" {...(alarm && { lead: 'Something is wrong with how viewers were counted.' })}>
      <ul className="mq-stack">
        {health.map(({ id, level, text, todo }) => (
          <li key={id}>
            {level === 'ok' || level === 'note' ? text : <strong>{text}</strong>} {todo}
          </li>
        ))}
        {!over && <li>{peeking.text}</li>}
      </ul>
    </Panel>
  );
}
