/// <reference lib="dom" />
import React, { useEffect, useState } from 'react';
import { number, Panel, plural, Progress, Table } from '../../../../core/console/kit/index.tsx';
import type { LiveEvent } from '../live.ts';
import { data as path } from '../words.tsx';
import type { ResultsProps } from './results.tsx';

interface LiveProps {
  readonly id: number;
  readonly together: boolean;
  /** what the test takes; null where nothing is planned */
  readonly plan: ResultsProps['results']['plan'];
}

/** Who is in it right now, told by the site as it happens. */
export function Live({ id, together, plan }: LiveProps) {
  const [event, setEvent] = useState<LiveEvent>();
  useEffect(() => {
    const source = new EventSource(`${path}/${id}/live`);
    source.addEventListener('message', ({ data }) => setEvent(JSON.parse(String(data)) as LiveEvent));
    return () => source.close();
  }, [id]);
  return (
    <Panel
      title="Right now"
      lead={`From being shown a list to a click, as it happens.${together ? ' A click counts for an arm in lists where the two take turns; elsewhere on a page it counts for neither.' : ''}`}
    >
      <Table
        caption="Viewers, films shown and clicks right now"
        rows={event?.arms ?? []}
        rowKey={({ key }) => key}
        empty="Waiting for the first news …"
        columns={[
          { title: 'Arm', cell: ({ name }) => name },
          { title: 'Viewers', right: true, cell: ({ viewers }) => number(viewers) },
          { title: 'Films shown', right: true, cell: ({ impressions }) => number(impressions) },
          { title: 'Clicks', right: true, cell: ({ clicks }) => number(clicks) },
        ]}
      />
      {event && plan?.units && (
        <Planned viewers={event.arms.reduce((sum, { viewers }) => sum + (viewers ?? 0), 0)} units={plan.units} days={plan.days} />
      )}
      {event && event.leftOut > 0 && <p className="mq-hint">{number(event.leftOut)} more are left out: staff, simulated, or in two arms.</p>}
    </Panel>
  );
}

/** How far it is on its way, by the viewers that finding the planned effect takes. */
const Planned = ({ viewers, units, days }: { readonly viewers: number; readonly units: number; readonly days: number | null }) => (
  <div style={{ marginTop: 12 }}>
    <Progress
      value={viewers / units}
      label="Planned viewers"
      note={`${number(viewers)} of ${number(units)} planned viewers${days ? `, about ${plural(days, 'day')} left` : ''}`}
    />
  </div>
);
