import React from 'react';
import { number, Panel, percent, Table } from '../../../../core/console/kit/index.tsx';
import type { ResultsProps } from './results.tsx';
import { share } from '../words.tsx';

type Arm = ResultsProps['results']['arms'][number];
type Metric = ResultsProps['results']['metrics'][number];
export interface ArmsTableProps {
  readonly arms: readonly Arm[];
  /** what decides first */
  readonly metrics: readonly Metric[];
}

/** The numbers of each arm, what decides first. Narrow enough to stand beside the navigation without scrolling. */
export function ArmsTable({ arms, metrics }: ArmsTableProps) {
  return (
    <Panel title="Arms" lead="Who was shown what, and what came of it.">
      <Table
        caption="Results by arm"
        rows={arms}
        rowKey={({ key }) => key}
        empty=""
        stacked
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
            right: true,
            cell: ({ key }: Arm) => valueOf(metric, key),
          })),
        ]}
      />
    </Panel>
  );
}

function valueOf({ arms, unit }: Metric, key: string): string {
  const value = arms.find((arm) => arm.key === key)?.value ?? null;
  return unit === 'share' ? percent(value, 2) : number(value, 2);
}
