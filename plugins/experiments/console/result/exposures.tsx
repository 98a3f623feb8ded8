import React from 'react';
import { Chart, number, Panel, plural } from '../../../../core/console/kit/index.tsx';
import { moment } from '../words.tsx';
import type { ResultsProps } from './results.tsx';

/** How viewers came in, and what is still to come. */
export function Exposures({ course, plan }: Pick<ResultsProps['results'], 'course' | 'plan'>) {
  return (
    <Panel title="Viewers over time" {...(plan && { lead: planWords(plan) })}>
      {course && (
        <Chart
          title="Viewers in each arm so far"
          x={{ title: `${course.step === 'day' ? 'Day' : 'Hour'} (UTC)`, labels: course.at.map((at) => moment(at, course.step)) }}
          y={{ title: 'Viewers', min: 0 }}
          series={course.arms.map(({ name, units }) => ({ label: name, values: units }))}
        />
      )}
    </Panel>
  );
}

function planWords({ units, perDay, days, power }: NonNullable<ResultsProps['results']['plan']>): string {
  const needed =
    units === null
      ? 'No number of viewers would suffice for the effect that is looked for.'
      : `${plural(units, 'viewer')} are needed for the effect that is looked for.`;
  const left = days === null ? '' : ` At about ${number(perDay, 1)} a day, ${days === 0 ? 'all are in' : `${plural(days, 'day')} are left`}.`;
  return needed + left + (power === null ? '' : ` So far it would be found with a probability of ${Math.round(power * 100)} %.`);
}
