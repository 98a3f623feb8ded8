import { z } from 'zod';
import { read } from '../../../core/http/form.ts';
import { moment, text } from './text.ts';

const covered = 'Give more than 0, up to 100 percent.';
/** Share of those who are meant, 0 … 1. */
export const coverage = z.number(covered).gt(0, covered).max(1, covered);

const step = z.strictObject({
  coverage,
  hours: z.number('Give the hours.').min(0, 'Give the hours, from 0 to 8760.').max(8760, 'Give the hours, from 0 to 8760.'),
});

/** When it starts, ends and grows. */
export const scheduleFields = {
  startsAt: moment.default(null),
  endsAt: moment.default(null),
  ramp: z.array(step, 'Add the steps.').max(20, 'Use at most 20 steps.').default([]),
};

/** The steps that the console offers first. */
export const usualRamp = [0.01, 0.05, 0.1, 0.25, 0.5, 1].map((coverage) => ({ coverage, hours: 24 }));

export const PhaseInput = z.looseObject({ reason: text(2000, 1, 'Say why the experiment begins anew, in a sentence.') });

const Adjustment = z.strictObject({
  coverage: coverage.optional(),
  endsAt: moment.optional(),
});
/** What may change while it runs, or 422 with a message a field. */
export const readAdjustment = (input: unknown): z.output<typeof Adjustment> => read(Adjustment, input);
