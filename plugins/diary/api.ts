import { z } from 'zod';
import { event, service } from '../../core/plugin.ts';

/** A day on which somebody watched a film. */
export interface DiaryEntry {
  readonly id: number;
  readonly unit: number;
  readonly film: number;
  /** "2026-01-31" */
  readonly watchedOn: string;
  /** seen before */
  readonly rewatch: boolean;
}
export interface NewEntry {
  readonly unit: number;
  readonly film: number;
  /** as typed; 422 unless it is a day between 1900 and today, "2026-01-31" */
  readonly watchedOn: unknown;
  readonly rewatch: boolean;
}

export interface DiaryService {
  /** The same film on the same day is one entry, however often it is noted. The film counts as watched. 404 for an unknown or hidden film. */
  note(entry: NewEntry, at: Date): Promise<DiaryEntry>;
  /** Of films that viewers may see, the latest day first. */
  entries(unit: number, slice: { readonly limit: number; readonly offset?: number }): Promise<readonly DiaryEntry[]>;
}
export const Diary = service<DiaryService>('diary');

const id = z.int().positive();
/** Somebody noted for the first time that a film was watched on a day. */
export const DiaryNoted = event(
  'diary.noted',
  z.object({ entry: id, unit: id, film: id, watchedOn: z.iso.date(), rewatch: z.boolean(), at: z.date() }),
);
