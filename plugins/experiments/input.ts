import { z } from 'zod';
import { invalid } from '../../core/errors.ts';
import { cleanText, read } from '../../core/http/form.ts';
import { control } from './model.ts';

const text = (most: number, least = 0, missing = '') =>
  z
    .string(missing || 'must be text')
    .transform(cleanText)
    .pipe(z.string().min(least, missing).max(most, `Use at most ${most} characters.`));
const share = 'Give a share above 0 and below 100 percent.';

const ArmInput = z.strictObject({
  key: z.string('Name the arm.').regex(/^[a-z][a-z0-9-]{0,19}$/, `Use "${control}", "b", "c" …`),
  /** left empty, it is the blend's */
  name: text(80).default(''),
  share: z.number(share).gt(0, share).lt(100, share).multipleOf(0.01, 'Use at most two decimals.'),
  blend: z.int('Choose a blend.').positive('Choose a blend.'),
});
const Draft = z.strictObject({
  name: text(120, 1, 'Give the experiment a name.'),
  hypothesis: text(2000).default(''),
  metric: z.enum(['ctr', 'conversion'], 'Choose click rate or conversion.'),
  arms: z
    .array(ArmInput, 'Add the arms.')
    .max(10, 'Use at most 10 arms.')
    .superRefine((arms, ctx) => {
      for (const { path, message } of problemsOf(arms)) ctx.addIssue({ code: 'custom', path, message });
    }),
});
export type Draft = z.output<typeof Draft>;
type ArmDraft = z.output<typeof ArmInput>;

/** What is wrong with the arms taken together. The database checks the same at the launch. */
function* problemsOf(arms: readonly ArmDraft[]): Iterable<{ path: (string | number)[]; message: string }> {
  if (arms.length < 2) yield { path: [], message: 'An experiment compares at least two arms. Add one.' };
  else if (!arms.some(({ key }) => key === control)) yield { path: [], message: 'One arm must be the control that the others are compared with.' };
  for (const [i, { key, blend }] of arms.entries()) {
    const before = arms.slice(0, i);
    if (before.some((arm) => arm.key === key)) yield { path: [i, 'key'], message: `There are two arms "${key}".` };
    if (before.some((arm) => arm.blend === blend))
      yield { path: [i, 'blend'], message: 'Another arm has this blend already. Choose a different one.' };
  }
  const hundredths = arms.reduce((sum, arm) => sum + Math.round(arm.share * 100), 0);
  if (hundredths !== 10_000) yield { path: ['shares'], message: `The shares add up to ${hundredths / 100} percent. They must make 100.` };
}

/** A complete draft, or 422 with a message a field: "name", "arms", "arms.1.blend", "arms.shares" … */
export const readDraft = (input: unknown): Draft => read(Draft, input);

const Verdict = z.strictObject({
  decision: z.enum(['ship', 'keep', 'inconclusive'], 'Choose what you decide.'),
  arm: z.string().optional(),
  reason: text(2000, 1, 'Say why, in a sentence: whoever reads this in a year will want to know.'),
});
export type Verdict = z.output<typeof Verdict>;

/** The decision that ends an experiment with these arms, or 422 with a message a field. */
export function readVerdict(input: unknown, arms: readonly string[]): Verdict {
  const verdict = read(Verdict, input);
  if (verdict.decision !== 'ship') return { decision: verdict.decision, reason: verdict.reason };
  if (!verdict.arm || verdict.arm === control || !arms.includes(verdict.arm)) throw invalid({ arm: 'Choose the arm to ship.' });
  return verdict;
}
