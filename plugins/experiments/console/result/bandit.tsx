import React from 'react';
import { Busy, Chart, ErrorNotice, number, Panel, percent, Table, useData } from '../../../../core/console/kit/index.tsx';
import type { Bandit as BanditFound } from '../../bandit/result.ts';
import type { Sent } from '../answer.ts';
import { data as path, moment, share } from '../words.tsx';
import { EffectTable, linesOf } from './effects.tsx';
import type { ResultsProps } from './results.tsx';

type Found = Omit<BanditFound, 'allocations'> & { readonly allocations: Sent<BanditFound['allocations']> };

/** How new viewers are shared out, and what that rests on. */
export function Bandit({ experiment }: Pick<ResultsProps, 'experiment'>) {
  const { data, error } = useData<Found>(`${path}/${experiment.id}/bandit`, { every: 15_000 });
  if (!data) return error ? <ErrorNotice error={error} /> : <Busy what="the shares" />;
  const shown = (value: number | null): string => (data.unit === 'share' ? percent(value, 2) : number(value, 2)).replace('-', '−'),
    // A share differs from another one by points: percent would read as percent of it.
    size = (value: number): string =>
      data.unit === 'share'
        ? (value * 100)
            .toFixed(2)
            .replace(/^-(?=0\.0+$)/, '')
            .replace('-', '−')
        : shown(value),
    signed = (value: number): string => (value > 0 ? `+${size(value)}` : size(value));
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
        stacked
        columns={[
          { title: 'Arm', cell: ({ name }) => name },
          { title: 'Of new viewers', right: true, cell: (arm) => share(arm.share) },
          { title: 'Viewers', right: true, cell: ({ units }) => number(units) },
          { title: data.metric, right: true, cell: ({ value }) => shown(value) },
          { title: 'Probably the best', right: true, cell: ({ best }) => percent(best) },
          {
            title: data.unit === 'share' ? 'Difference to control, points' : 'Difference to control',
            cell: ({ effect }) => (effect ? `${signed(effect.effect)} (${signed(effect.interval[0])} to ${signed(effect.interval[1])})` : '–'),
          },
        ]}
      />
      <Chart
        title="Shares of new viewers over time"
        x={{ title: 'Hour (UTC)', labels: data.allocations.map(({ at }) => moment(at, 'hour')) }}
        y={{ title: 'Percent of new viewers', min: 0, max: 100 }}
        series={data.arms.map(({ key, name }) => ({ label: name, values: data.allocations.map(({ shares }) => shares[key] ?? null) }))}
        empty="Shares have not moved yet. They do so every hour, once each arm has 100 viewers."
      />
      {data.guardrails.length > 0 && (
        <>
          <h3>Guardrails</h3>
          <EffectTable caption="Guardrails of the bandit" lines={data.guardrails.flatMap((metric) => linesOf(metric, experiment))} />
        </>
      )}
    </Panel>
  );
}
