import { z } from 'zod';
import type { Sql } from '../../core/database/sql.ts';
import { event, service } from '../../core/plugin.ts';
import type { ServedList } from '../../recommend/served.ts';

export interface TrackingService {
  /**
   * Stores the lists of a page, all with one statement. Await it before the page is sent, so that no click comes too
   * early. It never fails: a page is worth more than its measurement.
   */
  record(lists: readonly ServedList[]): Promise<void>;
  /** The results of an experiment need its lists no longer: they may go when they are old. */
  release(tx: Sql, experiment: number): Promise<void>;
}
export const Tracking = service<TrackingService>('tracking');

/** A list was shown and stored. */
export const ListServed = event(
  'tracking.list-served',
  z.object({
    list: z.uuid(),
    unit: z.int().positive(),
    surface: z.string(),
    blendVersion: z.int().optional(),
    assignments: z.array(z.object({ experiment: z.int(), phase: z.int(), arm: z.string() })),
    at: z.date(),
  }),
);
