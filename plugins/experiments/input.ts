import { z } from 'zod';
import { invalid } from '../../core/errors.ts';
import { read } from '../../core/http/form.ts';
import { Overrides } from '../../recommend/overrides.ts';
import { homeSurfaces } from '../catalogue/api.ts';
import { analysisFields } from './input/analysis.ts';
import { audienceFields } from './input/audience.ts';
import { scheduleFields } from './input/schedule.ts';
import { text } from './input/text.ts';
import { creditOf, decidedBy } from './interleaving/acts.ts';
import { control } from './model.ts';

const share = 'Give a share above 0 and below 100 percent.';

const ArmInput = z.strictObject({
  key: z.string('Name the arm.').regex(/^[a-z][a-z0-9-]{0,19}$/, `Use "${control}", "b", "c" …`),
  /** left empty, it is the blend's */
  name: text(80).default(''),
  share: z.number(share).gt(0, share).lt(100, share).multipleOf(0.01, 'Use at most two decimals.'),
  /** null: the site's default blend */
  blend: z.int('Choose a blend.').positive('Choose a blend.').nullable(),
  overrides: Overrides.default({}),
});
const Draft = z
  .strictObject({
    name: text(120, 1, 'Give the experiment a name.'),
    hypothesis: text(2000).default(''),
    kind: z.enum(['ab', 'interleaving', 'bandit'], 'Choose a kind of experiment.').default('ab'),
    arms: z
      .array(ArmInput, 'Add the arms.')
      .max(10, 'Use at most 10 arms.')
      .superRefine((arms, ctx) => {
        for (const { path, message } of problemsOf(arms)) ctx.addIssue({ code: 'custom', path, message });
      }),
    ...audienceFields,
    ...scheduleFields,
    ...analysisFields,
  })
  .superRefine((draft, ctx) => {
    for (const [field, message] of contradictions(draft)) ctx.addIssue({ code: 'custom', path: field.split('.'), message });
  });
export type Draft = z.output<typeof Draft>;
type ArmDraft = z.output<typeof ArmInput>;

/** What is wrong with the arms taken together. The database checks the same at the launch. */
function* problemsOf(arms: readonly ArmDraft[]): Iterable<{ path: (string | number)[]; message: string }> {
  if (arms.length < 2) yield { path: [], message: 'An experiment compares at least two arms. Add one.' };
  else if (!arms.some(({ key }) => key === control)) yield { path: [], message: 'One arm must be the control that the others are compared with.' };
  const serves = arms.map(({ blend, overrides }) => JSON.stringify([blend, Object.entries(overrides).sort()]));
  for (const [i, { key }] of arms.entries()) {
    if (arms.findIndex((arm) => arm.key === key) < i) yield { path: [i, 'key'], message: `There are two arms "${key}".` };
    if (serves.indexOf(serves[i]!) < i)
      yield { path: [i, 'blend'], message: 'Another arm has this blend already. Choose a different one, or override something of it.' };
  }
  const hundredths = arms.reduce((sum, arm) => sum + Math.round(arm.share * 100), 0);
  if (hundredths !== 10_000) yield { path: ['shares'], message: `The shares add up to ${hundredths / 100} percent. They must make 100.` };
}

/** Fields that are right each by itself, but not together. */
function* contradictions(draft: Draft): Iterable<[field: string, message: string]> {
  if (draft.start >= draft.end) yield ['end', 'The range must end after it starts.'];
  if (draft.layer === null && (draft.start > 0 || draft.end < 1)) yield ['layer', 'Choose the layer that this is a range of.'];
  if (draft.startsAt && draft.endsAt && draft.endsAt <= draft.startsAt) yield ['endsAt', 'The end must come after the start.'];
  if (draft.ramp.some(({ coverage }, i) => i > 0 && coverage <= draft.ramp[i - 1]!.coverage))
    yield ['ramp', 'Each step must cover more than the one before.'];
  if (draft.kind === 'interleaving' && draft.arms.length !== 2) yield ['arms', 'An interleaving merges the lists of two arms. Remove the others.'];
  if (draft.kind === 'interleaving' && draft.arms.some(({ overrides }) => overrides.rows))
    yield ['arms', 'The arms of an interleaving share one page: they cannot have rows of their own.'];
  if (draft.kind === 'interleaving') yield* beyondFilms(draft);
  if (draft.engine === 'bayes' && draft.correction !== 'none')
    yield ['correction', 'A chance to win has no p-value that could be corrected. Choose none, or another way to look.'];
  yield* unknownRows(draft);
  const watched = [draft.metric, ...draft.secondary];
  if (new Set(watched).size < watched.length) yield ['secondary', 'Name each metric once.'];
  const guarded = draft.guardrails.map(({ metric }) => metric);
  if (new Set(guarded).size < guarded.length) yield ['guardrails', 'Name each metric once.'];
}

function* unknownRows({ arms }: Draft): Iterable<[field: string, message: string]> {
  const known: readonly string[] = homeSurfaces;
  for (const [i, { overrides }] of arms.entries()) {
    const unknown = overrides.rows?.find((row) => !known.includes(row));
    if (unknown !== undefined) yield [`arms.${i}.overrides.rows`, `The home page has no row “${unknown}”. Choose one that it has.`];
  }
}

/** In one list of two arms, only what is done with a single film tells them apart. */
function* beyondFilms({ metric, guardrails }: Draft): Iterable<[field: string, message: string]> {
  const why = 'Each viewer sees both arms in one list, so that only what is done with single films can be told apart:';
  if (!decidedBy(metric)) yield ['metric', `${why} choose clicks or successes, or compare the arms in an A/B test.`];
  for (const [i, one] of guardrails.entries())
    if (!creditOf(one.metric)) yield [`guardrails.${i}.metric`, `${why} choose clicks, successes or dismissals, or compare the arms in an A/B test.`];
}

/** A complete draft, or 422 with a message a field: "name", "arms", "arms.1.blend", "arms.shares", "endsAt" … */
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
