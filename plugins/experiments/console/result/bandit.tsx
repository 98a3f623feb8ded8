import React from 'react';
import { Busy, Chart, ErrorNotice, number, Panel, percent, Table, useData, when } from '../../../../core/console/kit/index.tsx';
import type { Bandit as BanditFound } from '../../bandit/result.ts';
import type { Sent } from '../answer.ts';
import { data as path, share } from '../words.tsx';

type Found = Omit<BanditFound, 'allocations'> & { readonly allocations: Sent<BanditFound['allocations']> };

/** How new viewers are shared out, and what that rests on. */
export function Bandit({ id }: { readonly id: number }) {
  const { data, error } = useData<Found>(`${path}/${id}/bandit`, { every: 15_000 });
  if (!data) return error ? <ErrorNotice error={error} /> : <Busy what="the shares" />;
  return (
    <Panel
      title="Where new viewers go"
      lead={`Every hour, new viewers move to the arm that does best; each keeps at least ${percent(data.floor, 0)}. Intervals compare viewers who came while shares stayed the same.`}
    >
      <Table
        caption="Arms of the bandit"
        rows={data.arms}
        rowKey={({ key }) => key}
        empty=""
        columns={[
          { title: 'Arm', cell: ({ name }) => name },
          { title: 'Of new viewers', right: true, cell: (arm) => share(arm.share) },
          { title: 'Viewers', right: true, cell: ({ units }) => number(units) },
          { title: data.metric, right: true, cell: ({ value }) => number(value, 4) },
          { title: 'Probably the best', right: true, cell: ({ best }) => percent(best) },
          {
            title: 'Difference to control',
            cell: ({ effect }) =>
              effect ? `${effect.effect.toFixed(4)} (${effect.interval[0].toFixed(4)} to ${effect.interval[1].toFixed(4)})` : '–',
          },
        ]}
      />
      <Chart
        title="Shares of new viewers over time"
        x={{ title: 'When', labels: data.allocations.map(({ at }) => when(at)) }}
        y={{ title: 'Percent of new viewers', min: 0, max: 100 }}
        series={data.arms.map(({ key, name }) => ({ label: name, values: data.allocations.map(({ shares }) => shares[key] ?? null) }))}
        empty="Shares have not moved yet. They do so every hour, once each arm has 100 viewers."
      />
    </Panel>
  );
}
