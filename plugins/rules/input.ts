import { z } from 'zod';
import { invalid } from '../../core/errors.ts';
import { cleanText, read } from '../../core/http/form.ts';

export const effects = ['boost', 'bury', 'pin', 'exclude'] as const;
export const targets = ['film', 'genre', 'person', 'keyword', 'query'] as const;
export const audiences = ['everybody', 'newcomers', 'regulars'] as const;

const moment = z.iso.datetime({ offset: true, error: 'must be a date and time' }).nullable().default(null);
const text = (what: string, most: number) =>
  z
    .string('must be text')
    .transform(cleanText)
    .pipe(z.string().min(1, `must not be empty: ${what}`).max(most, `must have at most ${most} characters`));

const Draft = z.strictObject({
  name: text('say what the rule is for', 80),
  effect: z.enum(effects, 'must be boost, bury, pin or exclude'),
  /** boost and bury: standard deviations of a score; pin: place from 1; exclude: ignored */
  amount: z.number('must be a number').finite('must be finite').default(1),
  target: z.enum(targets, 'must be film, genre, person, keyword or query'),
  value: text('name what the rule is about', 200),
  audience: z.enum(audiences, 'must be everybody, newcomers or regulars').default('everybody'),
  startsAt: moment,
  endsAt: moment,
  enabled: z.boolean('must be true or false').default(true),
});
export type Draft = z.output<typeof Draft>;

/** A rule as an operator wrote it. Throws 422 with a message for each field that is wrong. */
export function readDraft(input: unknown): Draft {
  const draft = read(Draft, input),
    wrong: Record<string, string> = {};
  const { effect, amount, target, startsAt, endsAt } = draft;
  if (effect === 'pin' && !(Number.isInteger(amount) && amount >= 1 && amount <= 18)) wrong['amount'] = 'A place is a whole number from 1 to 18.';
  if ((effect === 'boost' || effect === 'bury') && !(amount > 0 && amount <= 5)) wrong['amount'] = 'The strength is above 0 and at most 5.';
  if (effect === 'pin' && target !== 'film') wrong['target'] = 'Only a film can have a place of its own. Boost the others instead.';
  if (startsAt && endsAt && new Date(endsAt) <= new Date(startsAt)) wrong['endsAt'] = 'The end must come after the start.';
  if (Object.keys(wrong).length > 0) throw invalid(wrong);
  return effect === 'exclude' ? { ...draft, amount: 0 } : draft;
}
