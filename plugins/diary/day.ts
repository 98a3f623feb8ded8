import { z } from 'zod';

/** The day where it is latest on earth: whoever is ahead of UTC may have watched something "tomorrow". */
const latestDay = (now: Date): string => new Date(now.getTime() + 14 * 3_600_000).toISOString().slice(0, 10);

/** A day as a form sends it, between 1900 and today. */
export const dayUntil = (now: Date) =>
  z.iso
    .date('Give the day as 2026-01-31.')
    .refine((day) => day >= '1900-01-01', 'Give a day after 1900.')
    .refine((day) => day <= latestDay(now), 'This day has not come yet. Give today or an earlier day.');
