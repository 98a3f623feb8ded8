import React from 'react';
import { number, Panel, percent, Table } from '../../../../core/console/kit/index.tsx';
import type { ResultsProps } from './results.tsx';
import { Interval, reach } from './interval.tsx';
import { share, signed } from '../words.tsx';

type Arm = ResultsProps['results']['arms'][number];
type Metric = ResultsProps['results']['metrics'][number];
const nbsp = '\u00a0';
export interface ArmsTableProps {
  readonly arms: readonly Arm[];
  /** what decides first */
  readonly metrics: readonly Metric[];
}

/** The numbers of each arm, what decides first. Narrow enough to stand beside the navigation without scrolling. */
export function ArmsTable({ arms, metrics }: ArmsTableProps) {
  return (
    <Panel
      title="Arms"
      lead={`Differences are relative to the control, with their 95${nbsp}% intervals: +10${nbsp}% of a click rate of 2${nbsp}% is 2.2${nbsp}%.`}
    >
      <Table
        caption="Results by arm"
        rows={arms}
        rowKey={({ key }) => key}
        empty=""
        columns={[
          {
            title: 'Arm',
            cell: (arm) => (
              <>
                {arm.name}
                {arm.key === 'control' && ' (control)'}
                <br />
                <span className="mq-soft mq-small">{share(arm.share)} of viewers</span>
              </>
            ),
          },
          { title: 'Viewers', right: true, cell: (arm) => number(arm.viewers) },
          { title: 'Films shown', right: true, cell: (arm) => number(arm.impressions) },
          { title: 'Clicks', right: true, cell: (arm) => number(arm.clicks) },
          ...metrics.map((metric) => ({
            title: metric.role === 'primary' ? `${metric.title} (decides)` : metric.title,
            cell: ({ key }: Arm) => (
              <>
                {valueOf(metric, key)}
                <Difference metric={metric} arm={key} />
              </>
            ),
          })),
        ]}
      />
    </Panel>
  );
}

function valueOf({ arms, unit }: Metric, key: string): string {
  const value = arms.find((arm) => arm.key === key)?.value ?? null;
  return unit === 'share' || value === null ? percent(value, 2) : value.toFixed(2);
}

function Difference({ metric, arm: key }: { readonly metric: Metric; readonly arm: string }) {
  if (key === 'control') return null;
  const lift = metric.arms.find((arm) => arm.key === key)?.relative;
  if (!lift) return <div className="mq-soft">too little to compare</div>;
  return (
    <div>
      <strong className="mq-nowrap">{signed(lift.effect)}</strong>{' '}
      <span className="mq-soft mq-nowrap">
        ({signed(Math.max(-1, lift.low))} to {signed(lift.high)},
      </span>{' '}
      <span className="mq-soft mq-nowrap">
        {lift.pValue === null ? `chance to win ${percent(lift.chanceToWin ?? 0, 0)}` : `p ${pValue(lift.pValue)}`})
      </span>
      <Interval lift={lift} reach={reach(metric.arms.map((one) => one.relative))} />
    </div>
  );
}

const pValue = (p: number): string => (p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`);
