import { z } from 'zod';
import { defaultSettings } from '../model.ts';

const alpha = 'Give a share above 0 and up to 0.5; 0.05 is usual.';
const metric = z.string('Choose a metric.').regex(/^[a-z][a-z0-9.-]{0,59}$/, 'Choose a metric.');

const settings = z.strictObject({
  looks: z.int('Plan 1 to 50 looks.').min(1, 'Plan 1 to 50 looks.').max(50, 'Plan 1 to 50 looks.').default(defaultSettings.looks),
  prior: z
    .strictObject({ mean: z.number().min(-10).max(10), sd: z.number('must be above 0').gt(0, 'must be above 0').max(10) })
    .nullable()
    .default(defaultSettings.prior),
  tuning: z.int('Give a number of viewers.').min(10).max(100_000_000).default(defaultSettings.tuning),
});
const guardrail = z.strictObject({
  metric,
  margin: z.number('Give a share from 0 to 1: 0.02 = 2 % worse.').min(0, 'Give a share from 0 to 1: 0.02 = 2 % worse.').max(1),
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
  plannedUnits: z.int('Give a number of viewers.').positive('Give a number of viewers.').max(1_000_000_000).nullable().default(null),
  mde: z.number('Give a share above 0: 0.05 = 5 %.').gt(0, 'Give a share above 0: 0.05 = 5 %.').max(100).nullable().default(null),
};
