/// <reference lib="dom" />
import React, { useEffect, useState } from 'react';
import { number, Panel, Table } from '../../../../core/console/kit/index.tsx';
import type { LiveEvent } from '../live.ts';
import { data as path } from '../words.tsx';

/** Who is in it right now, told by the site as it happens. */
export function Live({ id, together }: { readonly id: number; readonly together: boolean }) {
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
      {event && event.leftOut > 0 && <p className="mq-hint">{number(event.leftOut)} more are left out: staff, simulated, or in two arms.</p>}
    </Panel>
  );
}
