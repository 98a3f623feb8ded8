import React from 'react';
import { number, Panel, percent, Table } from '../../../core/console/kit/index.tsx';
import type { Metric } from '../model.ts';
import type { ResultsProps } from './results.tsx';
import { Interval, reach } from './interval.tsx';
import { metricNames, share, signed } from './words.tsx';

type Arm = ResultsProps['results']['arms'][number];
const nbsp = '\u00a0';
export interface ArmsTableProps {
  readonly arms: readonly Arm[];
  readonly metric: Metric;
}

/** The numbers of each arm, what decides first. Narrow enough to stand beside the navigation without scrolling. */
export function ArmsTable({ arms, metric }: ArmsTableProps) {
  const metrics: readonly Metric[] = metric === 'ctr' ? ['ctr', 'conversion'] : ['conversion', 'ctr'];
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
          ...metrics.map((one) => ({
            title: one === metric ? `${metricNames[one]} (decides)` : metricNames[one],
            cell: (arm: Arm) => (
              <>
                {valueOf(arm, one)}
                <Difference arm={arm} arms={arms} metric={one} />
              </>
            ),
          })),
        ]}
      />
    </Panel>
  );
}

const valueOf = (arm: Arm, metric: Metric) => (
  <>
    {percent(arm.metrics[metric].value, 2)}
    {metric === 'conversion' && <span className="mq-soft mq-small"> {number(arm.converted)} viewers</span>}
  </>
);

function Difference({ arm, arms, metric }: { readonly arm: Arm; readonly arms: readonly Arm[]; readonly metric: Metric }) {
  const { lift } = arm.metrics[metric];
  if (arm.key === 'control') return null;
  if (!lift) return <div className="mq-soft">too little to compare</div>;
  return (
    <div>
      <strong className="mq-nowrap">{signed(lift.effect)}</strong>{' '}
      <span className="mq-soft mq-nowrap">
        ({signed(Math.max(-1, lift.low))} to {signed(lift.high)},
      </span>{' '}
      <span className="mq-soft mq-nowrap">p {pValue(lift.pValue)})</span>
      <Interval lift={lift} reach={reach(arms.map((one) => one.metrics[metric].lift))} />
    </div>
  );
}

const pValue = (p: number): string => (p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`);
