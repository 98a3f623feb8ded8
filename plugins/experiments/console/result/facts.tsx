import React from 'react';
import { onDay, Panel, Table, when } from '../../../../core/console/kit/index.tsx';
import type { ExperimentAnswer, HistoryLine } from '../answer.ts';
import { changesInWords } from '../changes.tsx';
import { Design } from './design.tsx';
import { kindNames, metricOf, share } from '../words.tsx';

type Arm = ExperimentAnswer['experiment']['arms'][number];

/** What is compared, and how it is decided. */
export const Setup = ({ experiment, metrics, layerName }: ExperimentAnswer) => {
  const { kind, arms, metric, status, startedAt, stoppedAt } = experiment;
  return (
    <Panel
      title="What is tested"
      lead={`${kind === 'holdout' ? 'Holdout' : kindNames[kind]}, decided by ${metricOf(metrics, metric).title.toLowerCase()}: ${metricOf(metrics, metric).noun}.`}
    >
      <Table
        caption="Arms and what they serve"
        rows={arms}
        rowKey={({ key }) => key}
        empty=""
        columns={[
          { title: 'Arm', cell: ({ key, name }) => `${name}${key === 'control' ? ' (control)' : ''}` },
          ...(kind === 'interleaving' ? [] : [{ title: 'Viewers', right: true, cell: (arm: Arm) => share(arm.share) }]),
          ...(kind === 'holdout' ? [] : [{ title: status === 'draft' ? 'Will serve' : 'Serves', cell: ({ serves }: Arm) => serves }]),
        ]}
      />
      <Design experiment={experiment} metrics={metrics} layerName={layerName} />
      {startedAt && (
        <p className="mq-hint">
          Launched on {onDay(startedAt)}
          {stoppedAt ? `, stopped on ${onDay(stoppedAt)}` : ''}.{kind !== 'holdout' && ' Blends that were saved since change nothing here.'}
        </p>
      )}
    </Panel>
  );
};

const deeds: Record<string, string> = {
  create: 'made the draft',
  'create-suggested': 'made the draft from suggested weights',
  edit: 'changed the draft',
  prove: 'asked for a proof on the past',
  delete: 'deleted the draft',
  launch: 'launched it',
  pause: 'paused it',
  resume: 'let it go on',
  stop: 'stopped it with a decision',
  decide: 'decided',
  copy: 'copied it from another',
  'take-back': 'took it back to a draft',
  start: 'started it',
  'new-phase': 'began a new phase',
  adjust: 'changed its coverage or end',
  ramp: 'let more viewers in',
  'roll-back': 'paused it because of a guardrail',
  end: 'ended it',
  'hold-out': 'began to hold viewers out',
  archive: 'put it into the archive',
};

/** Steps that change what it is; of the others, the step says all. */
const edits = ['edit', 'adjust', 'new-phase', 'ramp'];
function Deed({ action, changes }: HistoryLine) {
  const deed = action.replace('experiment.', ''),
    what = edits.includes(deed) ? changesInWords(changes) : '';
  return (
    <>
      {deeds[deed] ?? action}
      {what && <div className="mq-soft mq-small">{what}</div>}
    </>
  );
}

export const History = ({ history }: { readonly history: readonly HistoryLine[] }) => (
  <Panel title="History" lead="Who did what to this experiment, from the audit log.">
    <Table
      caption="Changes, the latest first"
      rows={history}
      rowKey={(_, index) => index}
      empty="Nothing yet."
      stacked
      columns={[
        { title: 'When', cell: ({ at }) => when(at) },
        { title: 'Who', cell: ({ by }) => by ?? 'The site itself' },
        { title: 'What', cell: (line) => <Deed {...line} /> },
      ]}
    />
  </Panel>
);
