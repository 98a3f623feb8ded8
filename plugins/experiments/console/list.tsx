import React from 'react';
import { Link } from 'react-router-dom';
import { Busy, Empty, ErrorNotice, LinkButton, Page, Table, number, useData } from '../../../core/console/kit/index.tsx';
import type { ExperimentLine, ListAnswer } from './answer.ts';
import { data as path, day, decided, page, StatusBadge } from './words.tsx';

export function ExperimentList() {
  const { data, error } = useData<ListAnswer>(path, { every: 15_000 });
  return (
    <Page
      title="Experiments"
      lead="Give different blends to different viewers, and see which one they like better."
      actions={
        <LinkButton look="main" href={page('?new')}>
          New experiment
        </LinkButton>
      }
    >
      <ErrorNotice error={error} />
      {data ? <Lines {...data} /> : !error && <Busy what="the experiments" />}
    </Page>
  );
}

const Lines = ({ experiments, blends }: ListAnswer) =>
  experiments.length === 0 ? (
    <First blends={blends} />
  ) : (
    <Table
      caption="Experiments, the newest first"
      rows={experiments}
      rowKey={({ id }) => id}
      empty=""
      columns={[
        { title: 'Experiment', cell: ({ id, name }) => <Link to={page(`?id=${id}`)}>{name}</Link> },
        { title: 'Status', cell: ({ status }) => <StatusBadge status={status} /> },
        { title: 'Arms', cell: ({ arms }) => arms.join(' · ') },
        { title: 'Decided by', cell: ({ metric }) => metric },
        { title: 'Has run', right: true, cell: ({ days }) => (days === null ? '–' : day(days)) },
        { title: 'Viewers', right: true, cell: ({ viewers }) => number(viewers) },
        { title: 'Verdict', cell: verdictOf },
      ]}
    />
  );

function verdictOf({ status, verdict, decision, decidedArm }: ExperimentLine): string {
  if (status === 'stopped' || status === 'archived') return decided(decision, decidedArm);
  return verdict?.title ?? 'Not launched yet';
}

const First = ({ blends }: Pick<ListAnswer, 'blends'>) => (
  <Empty>
    There is no experiment yet.{' '}
    {blends.length < 2 ? (
      <>
        An experiment compares two blends, and there is only one: <a href="/admin/pages/blend">make a second one</a> first.
      </>
    ) : (
      <>
        Begin with what you want to know: <Link to={page('?new')}>make the first one</Link>.
      </>
    )}
  </Empty>
);
