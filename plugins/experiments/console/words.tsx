import React from 'react';
import { Badge, percent, type BadgeKind } from '../../../core/console/kit/index.tsx';
import type { Decision, Metric, Status } from '../model.ts';

export const data = '/admin/data/experiments/experiments';
export const page = (query = ''): string => `/admin/pages/experiments${query}`;

export const metricNames: Record<Metric, string> = { ctr: 'Click rate', conversion: 'Conversion' };
export const metricMeanings: Record<Metric, string> = {
  ctr: 'clicks divided by films shown',
  conversion: 'viewers who rate a film 4 or more, watch it or put it on the watchlist within 72 hours after their first list of the experiment',
};

const kinds: Record<Status, BadgeKind> = {
  draft: 'neutral',
  scheduled: 'neutral',
  running: 'good',
  paused: 'warn',
  stopped: 'neutral',
  archived: 'neutral',
};
export const StatusBadge = ({ status }: { readonly status: Status }) => <Badge kind={kinds[status]}>{status}</Badge>;

export function decided(decision: Decision | null, arm: string | null): string {
  if (decision === 'ship') return `Shipped “${arm}”`;
  return decision === 'keep' ? 'Kept the control' : 'Inconclusive';
}

/** A difference as "+12.3 %", with a real minus. */
export const signed = (fraction: number): string => `${fraction > 0 ? '+' : ''}${percent(fraction).replace('-', '−')}`;

/** 50 and 33.33, never 50.00 */
export const share = (value: number): string => `${Number(value.toFixed(2))} %`;

export const day = (days: number): string => (days < 1 ? 'first day' : `${days.toFixed(days < 10 ? 1 : 0)} days`);
