import React from 'react';
import { onDay, Panel, Table, when } from '../../../core/console/kit/index.tsx';
import type { ExperimentAnswer, HistoryLine } from './answer.ts';
import { metricMeanings, metricNames, share } from './words.tsx';

/** What is compared, and how it is decided. */
export const Setup = ({ arms, metric, status, startedAt, stoppedAt }: ExperimentAnswer['experiment']) => (
  <Panel title="What is tested" lead={`Decided by ${metricNames[metric].toLowerCase()}: ${metricMeanings[metric]}.`}>
    <Table
      caption="Arms and what they serve"
      rows={arms}
      rowKey={({ key }) => key}
      empty=""
      columns={[
        { title: 'Arm', cell: ({ key, name }) => `${name}${key === 'control' ? ' (control)' : ''}` },
        { title: 'Viewers', right: true, cell: (arm) => share(arm.share) },
        { title: status === 'draft' ? 'Will serve' : 'Serves', cell: ({ serves }) => serves },
      ]}
    />
    {startedAt && (
      <p className="mq-hint">
        Launched on {onDay(startedAt)}
        {stoppedAt ? `, stopped on ${onDay(stoppedAt)}` : ''}. Blends that were saved since change nothing here.
      </p>
    )}
  </Panel>
);

const deeds: Record<string, string> = {
  create: 'made the draft',
  edit: 'changed the draft',
  delete: 'deleted the draft',
  launch: 'launched it',
  pause: 'paused it',
  resume: 'let it go on',
  stop: 'stopped it with a decision',
};

export const History = ({ history }: { readonly history: readonly HistoryLine[] }) => (
  <Panel title="History" lead="Who did what to this experiment, from the audit log.">
    <Table
      caption="Changes, the latest first"
      rows={history}
      rowKey={(_, index) => index}
      empty="Nothing yet."
      columns={[
        { title: 'When', cell: ({ at }) => when(at) },
        { title: 'Who', cell: ({ by }) => by ?? 'The site itself' },
        { title: 'What', cell: ({ action }) => deeds[action.replace('experiment.', '')] ?? action },
      ]}
    />
  </Panel>
);
