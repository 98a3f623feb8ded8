import { z } from 'zod';
import { cleanText } from '../../../core/http/form.ts';

/** @param missing said of what is no text, and of one that is too short */
export const text = (most: number, least = 0, missing = '') =>
  z
    .string(missing || 'must be text')
    .transform(cleanText)
    .pipe(z.string().min(least, missing).max(most, `Use at most ${most} characters.`));

/** A moment as ISO 8601 with its zone, or nothing. */
export const moment = z.iso
  .datetime({ offset: true, error: 'Give a date and time with its zone: 2026-05-01T08:00:00Z.' })
  .transform((at) => new Date(at))
  .nullable();
