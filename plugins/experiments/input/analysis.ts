import { z } from 'zod';
import { defaultSettings } from '../model.ts';

const alpha = 'Give a share above 0 and up to 0.5; 0.05 is usual.';
// Shares of one, which the form shows in percent: the words are those of the form.
const margin = 'Give 0 to 100 percent.',
  change = 'Give more than 0, up to 10,000 percent.',
  expected = 'Give −1,000 to 1,000 percent.',
  spread = 'Give more than 0, up to 1,000 percent.',
  planned = 'Give a whole number of viewers, up to 1,000,000,000.',
  tuned = 'Give 10 to 100,000,000 viewers.';
const metric = z.string('Choose a metric.').regex(/^[a-z][a-z0-9.-]{0,59}$/, 'Choose a metric.');

const settings = z.strictObject({
  looks: z.int('Plan 1 to 50 looks.').min(1, 'Plan 1 to 50 looks.').max(50, 'Plan 1 to 50 looks.').default(defaultSettings.looks),
  prior: z
    .strictObject({ mean: z.number(expected).min(-10, expected).max(10, expected), sd: z.number(spread).gt(0, spread).max(10, spread) })
    .nullable()
    .default(defaultSettings.prior),
  tuning: z.int(tuned).min(10, tuned).max(100_000_000, tuned).default(defaultSettings.tuning),
});
const guardrail = z.strictObject({
  metric,
  margin: z.number(margin).min(0, margin).max(1, margin),
});

/** How it is measured and decided. */
export const analysisFields = {
  metric,
  secondary: z.array(metric).max(20, 'Use at most 20 metrics.').default([]),
  guardrails: z.array(guardrail).max(10, 'Use at most 10 guardrails.').default([]),
  engine: z.enum(['fixed', 'sequential', 'group-sequential', 'bayes'], 'Choose how it is decided.').default('fixed'),
  alpha: z.number(alpha).gt(0, alpha).max(0.5, alpha).default(0.05),
  settings: settings.default(defaultSettings),
  correction: z.enum(['none', 'holm', 'benjamini-hochberg'], 'Choose a correction.').default('none'),
  cuped: z.boolean('must be true or false').default(false),
  minDays: z.int('Give whole days, 0 to 365.').min(0, 'Give whole days, 0 to 365.').max(365, 'Give whole days, 0 to 365.').default(3),
  plannedUnits: z.int(planned).positive(planned).max(1_000_000_000, planned).nullable().default(null),
  mde: z.number(change).gt(0, change).max(100, change).nullable().default(null),
};
