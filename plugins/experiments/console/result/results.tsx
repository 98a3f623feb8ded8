import React from 'react';
import { Notice, type NoticeKind } from '../../../../core/console/kit/index.tsx';
import type { ExperimentAnswer } from '../answer.ts';
import { ArmsTable } from './arms-table.tsx';
import { Bandit } from './bandit.tsx';
import { Breakdown } from './breakdown.tsx';
import { Course } from './course.tsx';
import { Effects } from './effects.tsx';
import { Exposures } from './exposures.tsx';
import { Health } from './health.tsx';
import { InterleavingResult } from './interleaving.tsx';
import { Lists } from './lists.tsx';
import { Live } from './live.tsx';
import { tied } from '../words.tsx';

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
export function Results({ answer, results }: { readonly answer: ExperimentAnswer; readonly results: ResultsProps['results'] }) {
  const { experiment } = answer,
    { id, kind, stoppedAt } = experiment;
  const { verdict, viewers } = results,
    // While nothing is decided, how it fills is what people come for.
    waits = verdict.action === 'wait',
    live = !stoppedAt && { id, together: kind === 'interleaving', plan: kind === 'ab' && waits ? results.plan : null };
  return (
    <>
      <Notice kind={kinds[verdict.kind]} title={stoppedAt ? `At the end: ${verdict.title}` : verdict.title}>
        {tied(verdict.text)}
      </Notice>
      {viewers > 0 && <Health {...results} over={stoppedAt !== null || kind === 'bandit'} />}
      {live && waits && <Live {...live} key={experiment.phase} />}
      {viewers > 0 && kind === 'interleaving' && <InterleavingResult experiment={experiment} />}
      {viewers > 0 && kind === 'bandit' && <Bandit experiment={experiment} />}
      {viewers > 0 && kind !== 'interleaving' && <Numbers answer={answer} results={results} />}
      {live && !waits && <Live {...live} key={experiment.phase} />}
    </>
  );
}

const Numbers = ({ answer, results }: { readonly answer: ExperimentAnswer; readonly results: ResultsProps['results'] }) => (
  <>
    <ArmsTable arms={results.arms} metrics={results.metrics.filter(({ role }) => role === 'primary')} />
    {answer.experiment.kind !== 'bandit' && <Effects experiment={answer.experiment} results={results} />}
    {answer.experiment.kind !== 'bandit' && results.course && (
      <Course course={results.course} title={results.metrics[0]!.title} alpha={answer.experiment.alpha} />
    )}
    <Exposures
      course={results.course}
      plan={answer.experiment.kind === 'bandit' ? null : results.plan}
      over={answer.experiment.stoppedAt !== null}
      decided={results.verdict.action === 'ship' || results.verdict.action === 'keep'}
    />
    {answer.experiment.kind !== 'bandit' && <Breakdown {...answer} />}
    <Lists id={answer.experiment.id} />
  </>
);
