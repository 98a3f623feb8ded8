import React from 'react';
import { Chart, Panel } from '../../../../core/console/kit/index.tsx';
import { signed } from '../words.tsx';
import type { ResultsProps } from './results.tsx';

type CourseData = NonNullable<ResultsProps['results']['course']>;

const dayLabel = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const hourLabel = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'UTC',
});

/** How the difference settled: every point counts all viewers up to then. */
export function Course({ course, title, alpha }: { readonly course: CourseData; readonly title: string; readonly alpha: number }) {
  const bound = boundOf(course),
    { step } = course;
  const label = step === 'day' ? dayLabel : hourLabel;
  return (
    <Panel
      title="Effect over time"
      lead={`Each point counts everything up to the end of that ${step}; the band is its ${Number(((1 - alpha) * 100).toFixed(1))} % interval. It narrows as viewers come in, and where it holds zero, nothing is decided.`}
    >
      <Chart
        title={`${title} against control`}
        x={{ title: `${step === 'day' ? 'Day' : 'Hour'} (UTC)`, labels: course.at.map((at) => label.format(new Date(at))) }}
        y={{ title: 'Difference to control', format: signed, ...(bound && { min: -bound, max: bound }) }}
        series={course.arms.filter(({ key }) => key !== 'control').map(seriesOf)}
        empty="The chart begins with the first list that a viewer gets."
      />
    </Panel>
  );
}

function seriesOf({ name, lifts }: CourseData['arms'][number]) {
  const of = (part: 'effect' | 'low' | 'high') => lifts.map((lift) => lift?.[part] ?? null);
  return { label: name, values: of('effect'), low: of('low'), high: of('high') };
}

/** The first days' bands are so wide that the rest would be a line: the axis follows the last ones. */
function boundOf({ arms }: CourseData): number | undefined {
  const last = arms.flatMap(({ lifts }) => lifts.at(-1) ?? []),
    far = Math.max(...last.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  if (!Number.isFinite(far)) return undefined;
  const step = far > 0.5 ? 0.5 : far > 0.1 ? 0.1 : 0.02;
  return Math.ceil((far * 1.5) / step) * step;
}
