import React, { useState } from 'react';
import { Link } from 'react-router-dom';
import { Busy, Empty, ErrorNotice, LinkButton, Page, Panel, SelectField, Table, number, plural, useData } from '../../../core/console/kit/index.tsx';
import type { Status } from '../model.ts';
import type { ExperimentLine, ListAnswer } from './answer.ts';
import { Layers } from './layers/layers.tsx';
import { data as path, day, decided, kindNames, page, StatusBadge } from './words.tsx';

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
      {data && <Layers />}
    </Page>
  );
}

/** Beside the states themselves: all of them, or all that are not out of the way. */
const all = '',
  current = 'current';
const statuses: readonly Status[] = ['draft', 'scheduled', 'running', 'paused', 'stopped', 'archived'];

function Lines({ experiments }: ListAnswer) {
  const [status, setStatus] = useState<string>(current);
  if (experiments.length === 0)
    return (
      <Panel title="All experiments">
        <Empty>
          There is no experiment yet. Begin with what you want to know: <Link to={page('?new')}>make the first one</Link>.
        </Empty>
      </Panel>
    );
  const shown = experiments.filter((one) => status === all || (status === current ? one.status !== 'archived' : one.status === status)),
    away = experiments.length - experiments.filter((one) => one.status !== 'archived').length;
  return (
    <Panel title="All experiments" lead="The newest first. What speaks for a verdict, and what against it, is on the page of the experiment.">
      <SelectField
        label="Status"
        value={status}
        onChange={setStatus}
        options={[
          { value: current, label: 'All but the archive' },
          ...statuses.map((value) => ({ value, label: `Only ${value}` })),
          { value: all, label: 'All, the archive too' },
        ]}
        {...(away > 0 && status === current && { hint: `${plural(away, 'experiment is', 'experiments are')} in the archive.` })}
      />
      <Table
        caption="Experiments, the newest first"
        rows={shown}
        rowKey={({ id }) => id}
        empty={status === current ? 'All experiments are in the archive.' : `No experiment is ${status}.`}
        stacked
        columns={[
          { title: 'Experiment', cell: ({ id, name }) => <Link to={page(`?id=${id}`)}>{name}</Link> },
          { title: 'Status', cell: ({ status: own }) => <StatusBadge status={own} /> },
          { title: 'Kind', cell: ({ kind }) => (kind === 'holdout' ? 'Holdout' : kindNames[kind]) },
          { title: 'Arms', cell: ({ arms }) => arms.join(' · ') },
          { title: 'Decided by', cell: ({ metric }) => metric },
          { title: 'Has run', right: true, cell: ({ days }) => (days === null ? '–' : day(days)) },
          { title: 'Viewers', right: true, cell: ({ viewers }) => number(viewers) },
          {
            title: 'Verdict',
            cell: (line) => (
              <>
                {verdictOf(line)}
                {line.simulated && <div className="mq-soft mq-small">simulated viewers</div>}
              </>
            ),
          },
        ]}
      />
    </Panel>
  );
}

function verdictOf({ status, verdict, decision, decidedArm }: ExperimentLine): string {
  if (status === 'stopped' || status === 'archived') return decided(decision, decidedArm);
  return verdict?.title ?? 'Not launched yet';
}
