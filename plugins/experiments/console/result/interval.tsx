import React from 'react';
import type { Lift } from '../../results/effects.ts';

const width = 240,
  height = 20,
  middle = height / 2,
  edge = 6;

/** How far from zero a drawing must go to hold all intervals: the same for every arm, so that they can be compared by eye. */
export const reach = (lifts: readonly (Lift | null)[]): number =>
  Math.max(0.01, ...lifts.flatMap((lift) => (lift ? [Math.abs(lift.low), Math.abs(lift.high)] : [])));

/** The interval as a line with its estimate as a point; the upright line is no difference. The numbers stand beside it as text. */
export function Interval({ lift, better, reach: far }: { readonly lift: Lift; readonly better: 'up' | 'down'; readonly reach: number }) {
  const x = (value: number): number => width / 2 + (value / far) * (width / 2 - edge);
  const [good, bad] = better === 'up' ? [lift.low > 0, lift.high < 0] : [lift.high < 0, lift.low > 0];
  const colour = good ? 'var(--mq-good)' : bad ? 'var(--mq-bad)' : 'var(--mq-quiet)';
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      style={{ display: 'block', marginTop: 4, maxWidth: '100%' }}
    >
      <line x1={edge} x2={width - edge} y1={middle} y2={middle} stroke="var(--mq-line)" />
      <line x1={width / 2} x2={width / 2} y1={0} y2={height} stroke="var(--mq-edge)" strokeDasharray="2 2" />
      <line x1={x(lift.low)} x2={x(lift.high)} y1={middle} y2={middle} stroke={colour} strokeWidth={4} strokeLinecap="round" />
      <circle cx={x(lift.effect)} cy={middle} r={5} fill={colour} stroke="var(--mq-card)" strokeWidth={2} />
    </svg>
  );
}
