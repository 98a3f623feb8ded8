import React from 'react';
import { Chart, number, Panel, percent, plural } from '../../../../core/console/kit/index.tsx';
import { moment } from '../words.tsx';
import type { ResultsProps } from './results.tsx';

interface ExposuresProps extends Pick<ResultsProps['results'], 'course' | 'plan'> {
  readonly decided: boolean;
  /** nobody comes in any more */
  readonly over: boolean;
}

/** How viewers came in, and what is still to come. */
export function Exposures({ course, plan, decided, over }: ExposuresProps) {
  return (
    <Panel title="Viewers over time" {...(plan && { lead: planWords(plan, { decided, over }) })}>
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

/** What the effect that is looked for takes; a larger one is found with fewer. */
function planWords(
  { units, perDay, days, power, detectable, effect, change }: NonNullable<ResultsProps['results']['plan']>,
  { decided, over }: Pick<ExposuresProps, 'decided' | 'over'>,
): string {
  if (units === null) return 'No number of viewers would suffice for the effect that is looked for.';
  const coming = perDay >= 10 ? number(perDay) : number(perDay, 1),
    left = days === null || (over && days > 0) ? '' : days === 0 ? ', and all are in' : `; at about ${coming} a day, ${plural(days, 'day')} are left`;
  return (
    `To find the change that is looked for (${percent(change)}) in four of five tests takes ${plural(units, 'viewer')}${left}.` +
    (power === null ? '' : ` With those so far it would be found in ${Math.round(power * 100)} of 100.`) +
    (detectable === null ? '' : ` The smallest change that these show in four of five tests is ${percent((detectable * change) / effect)}.`) +
    (decided ? ' A larger effect is found with fewer, as it seems to be here.' : '')
  );
}
