import React from 'react';
import type { ChartData, ChartOptions } from 'chart.js';
import { Chart } from 'react-chartjs-2';
import { colours, token } from '../../../core/console/kit/index.tsx';
import type { PerformanceRow } from './answer.ts';

interface Bar {
  readonly label: string;
  readonly ratio: PerformanceRow['ctr'];
}
export interface IntervalBarsProps {
  readonly title: string;
  /** what the bars stand for, and what their length means */
  readonly axis: string;
  readonly value: string;
  readonly bars: readonly Bar[];
}

const rowHeight = 44,
  frame = 90,
  lineLength = 18;
const still = typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Lying bars, so that long names can be read, each with its interval as a thin line on top. The parts of the chart are registered by the console's kit. */
export function IntervalBars({ title, axis, value, bars }: IntervalBarsProps) {
  return (
    <figure className="mq-chart">
      <div className="mq-chart-head">
        <figcaption>{title}</figcaption>
      </div>
      <div className="mq-chart-canvas" style={{ height: frame + rowHeight * Math.max(2, bars.length) }}>
        <Chart
          type="bar"
          role="img"
          aria-label={`${title}. ${bars.map(inWords).join('. ')}.`}
          data={dataOf(bars)}
          options={optionsOf(axis, value, bars)}
        />
      </div>
    </figure>
  );
}

const inWords = ({ label, ratio }: Bar): string =>
  `${label}: ${ratio ? `${hundred(ratio.value)} %, 95 % interval ${hundred(ratio.low)} to ${hundred(ratio.high)} %` : 'nothing yet'}`;
const hundred = (fraction: number): string => (fraction * 100).toFixed(2);

/** Broken between words, so that a phone has room for the bars. */
function inLines(label: string): string[] {
  const lines: string[] = [];
  for (const word of label.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= lineLength) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

const dataOf = (bars: readonly Bar[]): ChartData<'bar', (number | [number, number] | null)[]> => ({
  labels: bars.map(({ label }) => inLines(label)),
  datasets: [
    {
      label: '95 % interval',
      data: bars.map(({ ratio }) => (ratio ? [ratio.low * 100, ratio.high * 100] : null)),
      backgroundColor: token('--mq-ink'),
      barThickness: 4,
      grouped: false,
    },
    {
      label: 'Rate',
      data: bars.map(({ ratio }) => (ratio ? ratio.value * 100 : null)),
      backgroundColor: colours[0]!,
      barThickness: 18,
      grouped: false,
    },
  ],
});

/** Where the axis ends. The interval of a rate that hardly anybody was measured for is cut at the edge, or it would flatten all others. */
function reach(bars: readonly Bar[]): number | undefined {
  const known = bars.flatMap(({ ratio }) => ratio ?? []);
  const highest = Math.max(0, ...known.map(({ value }) => value));
  const ends = known.map(({ high }) => high).filter((high) => high <= 4 * highest);
  return ends.length > 0 ? Number((110 * Math.max(...ends)).toPrecision(2)) : undefined;
}

const optionsOf = (axis: string, value: string, bars: readonly Bar[]): ChartOptions<'bar'> => ({
  indexAxis: 'y',
  responsive: true,
  maintainAspectRatio: false,
  ...(still && { animation: false }),
  interaction: { mode: 'index', axis: 'y', intersect: false },
  scales: {
    x: { beginAtZero: true, max: reach(bars), title: { display: true, text: value } },
    y: { title: { display: true, text: axis }, grid: { display: false }, ticks: { autoSkip: false } },
  },
  plugins: {
    legend: { display: false },
    tooltip: { filter: (item) => item.datasetIndex === 1, callbacks: { title: () => '', label: ({ dataIndex }) => inWords(bars[dataIndex]!) } },
  },
});
