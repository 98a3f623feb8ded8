import { z } from 'zod';
import { problemOf } from '../assignment/targeting.ts';
import type { Targeting } from '../model.ts';
import { analysisFields } from './analysis.ts';
import { coverage } from './schedule.ts';
import { text } from './text.ts';

// Shares of one, which the form shows in percent: the words are those of the form.
const bound = 'Give 0 to 100 percent.';
const part = z.number(bound).min(0, bound).max(1, bound);

/** Who takes part. */
export const audienceFields = {
  layer: z.int('Choose a layer.').positive('Choose a layer.').nullable().default(null),
  start: part.multipleOf(0.001, 'Use at most one decimal.').default(0),
  end: part.multipleOf(0.001, 'Use at most one decimal.').default(1),
  coverage: coverage.default(1),
  targeting: z
    .record(z.string(), z.unknown(), 'must be an object')
    .refine((condition) => JSON.stringify(condition).length <= 10_000, 'Use at most 10,000 characters.')
    .superRefine((condition, ctx) => {
      const wrong = problemOf(condition);
      if (wrong) ctx.addIssue({ code: 'custom', message: wrong });
    })
    .transform((condition): Targeting => condition)
    .default({}),
  includeStaff: z.boolean('must be true or false').default(false),
  includeSimulated: z.boolean('must be true or false').default(false),
};

export const LayerInput = z.strictObject({ name: text(80, 1, 'Give the layer a name.'), description: text(500).default('') });

const share = 'Give a share from 0.5 to 50 percent.';
export const HoldoutInput = z.strictObject({
  name: text(120, 1, 'Give the holdout a name.'),
  layer: audienceFields.layer,
  share: z.number(share).min(0.5, share).max(50, share).multipleOf(0.01, 'Use at most two decimals.'),
  includeSimulated: audienceFields.includeSimulated,
  metric: analysisFields.metric.default('ctr'),
});
