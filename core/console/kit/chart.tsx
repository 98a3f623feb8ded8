import React, { useState } from 'react';
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart as ChartJs,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartData,
  type ChartDataset,
  type ChartOptions,
} from 'chart.js';
import { Chart as ReactChart } from 'react-chartjs-2';
import { Button } from './button.tsx';
import { colours, token } from './colours.tsx';
import { number } from './format.tsx';
import { Empty } from './page.tsx';
import { Table } from './table.tsx';

ChartJs.register(BarController, BarElement, CategoryScale, Filler, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);
/** The style sheets may come after this script. */
function dye(): void {
  ChartJs.defaults.color = token('--mq-quiet');
  ChartJs.defaults.borderColor = token('--mq-line');
}
if (typeof addEventListener === 'function') addEventListener('load', dye);

type Values = readonly (number | null)[];
export interface Series {
  readonly label: string;
  readonly values: Values;
  /** bounds of an interval, drawn as a band (lines) and shown in the table */
  readonly low?: Values;
  readonly high?: Values;
}
export interface ChartProps {
  readonly title: string;
  readonly kind?: 'line' | 'bar';
  /** unit or meaning of the axis, and the label of each point */
  readonly x: { readonly title: string; readonly labels: readonly string[] };
  readonly y: {
    readonly title: string;
    readonly format?: (value: number) => string;
    readonly min?: number;
    readonly max?: number;
    readonly step?: number;
  };
  readonly series: readonly Series[];
  readonly stacked?: boolean;
  /** pixels */
  readonly height?: number;
  /** what to say while there is nothing to draw */
  readonly empty?: string;
}

const dashes = [[], [6, 4], [2, 3], [10, 4, 2, 4]];
const points = ['circle', 'triangle', 'rect', 'rectRot', 'star'] as const;
const still = typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;

/** A chart with titled axes that can be read as a table instead. */
export function Chart(props: ChartProps) {
  const { title, kind = 'line', x, series, height = 260, empty = 'There is nothing to draw yet.' } = props;
  const [asTable, setAsTable] = useState(false);
  if (x.labels.length === 0) return <Empty>{empty}</Empty>;
  return (
    <figure className="mq-chart">
      <div className="mq-chart-head">
        <figcaption>{title}</figcaption>
        <Button look="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          Show as table
        </Button>
      </div>
      {asTable ? (
        <ChartTable {...props} />
      ) : (
        <div className="mq-chart-canvas" style={{ height }}>
          <ReactChart
            type={kind}
            role="img"
            aria-label={`${title}. ${series.map((one) => one.label).join(', ')}. The same numbers are in the table.`}
            data={dataOf(props)}
            options={optionsOf(props)}
          />
        </div>
      )}
    </figure>
  );
}

function ChartTable({ title, x, y, series }: ChartProps) {
  const show = (value: number | null | undefined): string => (value === null || value === undefined ? '–' : (y.format ?? number)(value));
  const rows = x.labels.map((label, at) => ({ label, at }));
  const cell = ({ values, low, high }: Series, at: number): string =>
    show(values[at]) + (low && high ? ` (${show(low[at])} to ${show(high[at])})` : '');
  return (
    <Table
      caption={title}
      rows={rows}
      rowKey={(row) => row.at}
      empty=""
      columns={[
        { title: x.title, cell: (row) => row.label },
        ...series.map((one) => ({ title: one.label, right: true, cell: (row: { at: number }) => cell(one, row.at) })),
      ]}
    />
  );
}

const dataOf = ({ kind = 'line', x, series }: ChartProps): ChartData<'line' | 'bar'> => ({
  labels: [...x.labels],
  datasets: series.flatMap((one, at) => datasets(one, at, kind)),
});

function datasets({ label, values, low, high }: Series, at: number, kind: 'line' | 'bar'): ChartDataset<'line' | 'bar'>[] {
  const colour = colours[at % colours.length]!;
  const main = {
    label,
    data: [...values],
    borderColor: colour,
    backgroundColor: colour,
    borderWidth: kind === 'bar' ? 0 : 2,
    borderDash: dashes[at % dashes.length]!,
    pointStyle: points[at % points.length]!,
    pointRadius: 3,
    spanGaps: true,
  };
  if (!low || !high || kind === 'bar') return [main];
  const edge = { borderWidth: 0, pointRadius: 0, backgroundColor: `${colour}22`, spanGaps: true };
  return [
    main,
    { ...edge, label: `${label}, lower bound`, data: [...low] },
    { ...edge, label: `${label}, upper bound`, data: [...high], fill: '-1' },
  ];
}

function optionsOf({ kind = 'line', x, y, stacked = false, series }: ChartProps): ChartOptions<'line' | 'bar'> {
  const format = (value: number | string): string => (y.format ?? ((n: number) => n.toLocaleString('en')))(Number(value));
  return {
    responsive: true,
    maintainAspectRatio: false,
    ...(still && { animation: false }),
    interaction: { mode: 'index', intersect: false },
    scales: {
      x: { stacked, title: { display: true, text: x.title }, grid: { display: false } },
      y: {
        stacked,
        title: { display: true, text: y.title },
        beginAtZero: kind === 'bar',
        ...(y.min !== undefined && { min: y.min }),
        ...(y.max !== undefined && { max: y.max }),
        ticks: { callback: format, ...(y.step !== undefined && { stepSize: y.step }) },
      },
    },
    plugins: {
      legend: { display: series.length > 1, labels: { usePointStyle: true, filter: ({ text }) => !/, (lower|upper) bound$/.test(text) } },
      tooltip: { callbacks: { label: ({ dataset, parsed }) => `${dataset.label}: ${parsed.y === null ? '–' : format(parsed.y)}` } },
    },
  };
}
