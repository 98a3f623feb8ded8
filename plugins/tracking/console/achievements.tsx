import React, { useState } from 'react';
import { Button, Columns, Panel, Table, number, percent } from '../../../core/console/kit/index.tsx';
import type { PerformanceRow } from './answer.ts';
import { IntervalBars } from './interval-bars.tsx';

export interface AchievementsProps {
  readonly of: 'algorithm' | 'blend';
  readonly rows: readonly PerformanceRow[];
  readonly lead: string;
}

/** Click rate and conversion of each group, drawn or as a table. */
export function Achievements({ of, rows, lead }: AchievementsProps) {
  const [asTable, setAsTable] = useState(false);
  const axis = of === 'algorithm' ? 'Algorithm' : 'Blend';
  const bars = (rate: 'ctr' | 'conversion') => rows.map((row) => ({ label: row.name, ratio: row[rate] }));
  return (
    <Panel
      title={of === 'algorithm' ? 'By algorithm' : 'By blend'}
      lead={lead}
      actions={
        <Button look="quiet" aria-pressed={asTable} aria-label={`Show as table: by ${of}`} onClick={() => setAsTable(!asTable)}>
          Show as table
        </Button>
      }
    >
      {asTable ? (
        <FiguresTable axis={axis} rows={rows} />
      ) : (
        <Columns>
          <IntervalBars title={`Click rate by ${of}`} axis={axis} value="Clicks per 100 films shown (%)" bars={bars('ctr')} />
          <IntervalBars title={`Conversion by ${of}`} axis={axis} value="Successes per 100 films shown (%)" bars={bars('conversion')} />
        </Columns>
      )}
    </Panel>
  );
}

const Rate = ({ of }: { readonly of: PerformanceRow['ctr'] }) => (
  <span style={{ whiteSpace: 'nowrap' }}>{of ? `${percent(of.value, 2)} (${percent(of.low, 2)} to ${percent(of.high, 2)})` : '–'}</span>
);

const FiguresTable = ({ axis, rows }: { readonly axis: string; readonly rows: readonly PerformanceRow[] }) => (
  <Table
    caption={`Figures by ${axis.toLowerCase()}, with 95 % intervals`}
    rows={rows}
    rowKey={(row) => row.id}
    empty=""
    columns={[
      { title: axis, cell: (row) => row.name },
      { title: 'Viewers', right: true, cell: (row) => number(row.viewers) },
      { title: 'Films shown', right: true, cell: (row) => number(row.films) },
      { title: 'Clicks', right: true, cell: (row) => number(row.clicks) },
      { title: 'Click rate', right: true, cell: (row) => <Rate of={row.ctr} /> },
      { title: 'Successes', right: true, cell: (row) => number(row.conversions) },
      { title: 'Conversion', right: true, cell: (row) => <Rate of={row.conversion} /> },
    ]}
  />
);
