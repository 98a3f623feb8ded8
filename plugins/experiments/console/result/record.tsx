import React from 'react';
import { number, onDay, Panel, percent, Table, when } from '../../../../core/console/kit/index.tsx';
import type { ExperimentAnswer } from '../answer.ts';
import { share } from '../words.tsx';
import { Adjust } from './phase.tsx';

/** Phases, ramp, and what happened by itself. */
export function Record({ experiment, phases, events, deliveries, reload }: ExperimentAnswer & { readonly reload: () => Promise<void> }) {
  const { status, kind, ramp, rampStep, coverage, startsAt, endsAt } = experiment;
  return (
    <>
      <Panel
        title="Schedule and phases"
        lead={`${percent(coverage, 0)} of the viewers who are meant take part${ramp.length > 0 ? `: step ${rampStep + 1} of ${ramp.length}` : ''}. ${startsAt ? `Start ${when(startsAt)}.` : ''} ${endsAt ? `End ${when(endsAt)}.` : ''}`}
      >
        <Table
          caption="Phases, the latest first"
          rows={phases}
          rowKey={({ phase }) => phase}
          empty="It has not begun."
          stacked
          columns={[
            { title: 'Phase', cell: ({ phase }) => phase },
            { title: 'From', cell: ({ startedAt }) => onDay(startedAt) },
            { title: 'Until', cell: ({ endedAt }) => (endedAt ? onDay(endedAt) : 'now') },
            { title: 'Arms', cell: ({ arms }) => arms.map((arm) => `${arm.name} ${share(arm.share)}`).join(', ') },
            { title: 'Why', cell: ({ reason }) => reason || '–' },
          ]}
        />
        {(status === 'running' || status === 'paused') && kind !== 'holdout' && <Adjust experiment={experiment} reload={reload} />}
      </Panel>
      {events.length > 0 && (
        <Panel title="What happened by itself">
          <Table
            caption="Events, the latest first"
            rows={events}
            rowKey={({ id }) => id}
            empty=""
            columns={[
              { title: 'When', cell: ({ at }) => when(at) },
              { title: 'What', cell: ({ text }) => text },
            ]}
          />
        </Panel>
      )}
      {deliveries.length > 0 && (
        <Panel title="Messages to the webhook">
          <Table
            caption="Attempts, the latest first"
            rows={deliveries}
            rowKey={({ event, attempt }) => `${event} ${attempt}`}
            empty=""
            columns={[
              { title: 'When', cell: ({ at }) => when(at) },
              { title: 'Attempt', right: true, cell: ({ attempt }) => number(attempt) },
              { title: 'Answer', cell: ({ status, error }) => status ?? error },
            ]}
          />
        </Panel>
      )}
    </>
  );
}
