import React, { useState } from 'react';
import { Busy, Button, Chart, ErrorNotice, LinkButton, Page, Panel, number, plural, useData } from '../../../core/console/kit/index.tsx';
import type { PerformanceAnswer } from './answer.ts';
import { Achievements } from './achievements.tsx';

const windows = [
  { hours: 24, label: 'Last 24 hours' },
  { hours: 168, label: 'Last 7 days' },
  { hours: 720, label: 'Last 30 days' },
] as const;
const refresh = 15_000;

export default function LivePerformance() {
  const [hours, setHours] = useState<number>(24);
  const { data, error } = useData<PerformanceAnswer>(`/admin/data/tracking/performance?hours=${hours}`, { every: refresh });
  return (
    <Page
      title="Live performance"
      lead="What viewers are shown, what they click on, and what comes of it. Operators' own visits do not count."
      actions={windows.map((choice) => (
        <Button
          key={choice.hours}
          aria-pressed={choice.hours === hours}
          look={choice.hours === hours ? 'main' : 'plain'}
          onClick={() => setHours(choice.hours)}
        >
          {choice.label}
        </Button>
      ))}
    >
      <ErrorNotice error={error} />
      {data ? <Figures data={data} /> : !error && <Busy what="the figures" />}
    </Page>
  );
}

function Figures({ data }: { readonly data: PerformanceAnswer }) {
  if (data.algorithms.length === 0) return <NothingYet hours={data.hours} />;
  return (
    <>
      <Panel
        title="Lists shown"
        lead={
          data.step === 1
            ? 'Each point is an hour; the last one is still running.'
            : `Each point is the mean of ${data.step} hours; the last one is still running.`
        }
      >
        <Chart
          title="Lists an hour"
          x={{ title: 'Time (yours)', labels: data.lists.map(({ at }) => timeLabel(at, data.hours)) }}
          y={{ title: 'Lists an hour', min: 0, format: (value) => number(value, value < 10 && !Number.isInteger(value) ? 1 : 0) }}
          series={[{ label: 'Lists an hour', values: data.lists.map(({ perHour }) => perHour) }]}
        />
      </Panel>
      <Achievements of="algorithm" rows={data.algorithms} lead="Each film counts for the algorithm that gave most of its score." />
      <Achievements of="blend" rows={data.blends} lead="Lists that viewers asked for by searching or browsing belong to no blend." />
      <Reading viewers={Math.max(...data.algorithms.map(({ viewers }) => viewers))} />
    </>
  );
}

const NothingYet = ({ hours }: { readonly hours: number }) => (
  <Panel title={`No lists in the last ${hours === 24 ? '24 hours' : `${hours / 24} days`}`}>
    <p>
      A list is counted when a viewer opens a page that shows one; you, as an operator, are not counted. Open the site in a private window, choose a
      longer time above, or let simulated viewers in: <code>npm run simulate -- --viewers 500 --days 7</code>.
    </p>
    <div className="mq-actions" style={{ marginTop: 16 }}>
      <LinkButton href="/">Open the site</LinkButton>
    </div>
  </Panel>
);

const Reading = ({ viewers }: { readonly viewers: number }) => (
  <Panel title="How to read this">
    <p>
      <strong>Click rate</strong> is clicks divided by films shown. <strong>Conversion</strong> is the share of films shown that the viewer rated 4 or
      more, watched or put on the watchlist within 72 hours. Lines show 95 % intervals with the viewer as unit (here up to {plural(viewers, 'viewer')}
      ). The groups stand in different places of the pages and are seen by different viewers: to know which one is better, run an experiment.
    </p>
  </Panel>
);

const hourLabel = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const momentLabel = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayLabel = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });

function timeLabel(at: string, hours: number): string {
  const label = hours === 24 ? hourLabel : hours === 168 ? momentLabel : dayLabel;
  return label.format(new Date(at));
}
