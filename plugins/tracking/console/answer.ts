import type { Achieved, Performance } from '../performance.ts';

export interface PerformanceRow extends Omit<Achieved, 'id'> {
  readonly id: string;
  readonly name: string;
}
/** What GET /admin/data/tracking/performance answers. */
export interface PerformanceAnswer extends Pick<Performance, 'hours' | 'step'> {
  /** `at` is an ISO time */
  readonly lists: readonly { readonly at: string; readonly perHour: number }[];
  readonly algorithms: readonly PerformanceRow[];
  readonly blends: readonly PerformanceRow[];
}
