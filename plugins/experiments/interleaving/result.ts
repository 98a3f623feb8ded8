import type { Sql } from '../../../core/database/sql.ts';
import type { Measures } from '../../../recommend/measures.ts';
import { control, type Experiment } from '../model.ts';
import type { MetricResult } from '../results/metrics.ts';
import type { Results } from '../results/results.ts';
import type { Verdict } from '../results/verdict.ts';
import { confidenceSequence } from '../statistics/engines/confidence-sequence.ts';
import { creditTest, preference, type CreditSums, type CreditTest, type Preference } from '../statistics/interleaving/preference.ts';
import { decidingOf, speaksFor, whats, type For } from './acts.ts';
import { creditsOf, type StepCredit } from './credit.ts';
import { guardrailsOf } from './guardrails.ts';
import { verdictOf } from './verdict.ts';

/** What viewers prefer, by one kind of credit. Above zero is for the arm, below it for the control. */
export interface Credited {
  readonly what: For;
  readonly viewers: number;
  /** viewers with more acts on films of the arm, of the control, as many of either (none among them) */
  readonly wins: { readonly arm: number; readonly control: number; readonly ties: number };
  /** acts on films of either */
  readonly acts: { readonly arm: number; readonly control: number };
  /** (wins of the arm + ties / 2) / viewers − ½; null without viewers */
  readonly delta: number | null;
  /** share of the arm among viewers who prefer one, with Wilson's interval, and the exact sign test; null where nobody prefers one */
  readonly sign: Pick<Preference, 'share' | 'interval' | 'pValue'> | null;
  /** Student's test of the average of (arm − control) / (arm + control) over viewers, for one look; null while it cannot be told */
  readonly test: CreditTest | null;
  /** the same with an interval that holds however often one looks */
  readonly anytime: CreditTest | null;
  /** the one of both that decides, as the experiment is looked at */
  readonly deciding: CreditTest | null;
}
export interface PreferencePoint {
  readonly at: number;
  readonly viewers: number;
  readonly delta: number;
  /** of the average of (arm − control) / (arm + control), by the test that decides; null while it cannot be told */
  readonly mean: number | null;
  readonly interval: readonly [low: number, high: number] | null;
}
/** GET /admin/data/experiments/experiments/:id/interleaving */
export interface Interleaving {
  readonly arm: { readonly key: string; readonly name: string };
  readonly control: { readonly key: string; readonly name: string };
  /** what decides, by the experiment's metric */
  readonly deciding: For;
  readonly credits: readonly Credited[];
  /** of what decides, step by step (milliseconds) */
  readonly series: readonly PreferencePoint[];
  readonly guardrails: readonly MetricResult[];
  readonly verdict: Verdict;
}

export async function interleavingOf(
  sql: Sql,
  measures: Pick<Measures, 'metric'>,
  experiment: Experiment,
  results: Omit<Results, 'verdict'>,
): Promise<Interleaving> {
  const steps = await creditsOf(sql, experiment),
    deciding = decidingOf(experiment),
    named = (is: boolean) => experiment.arms.find(({ key }) => (key === control) === is)!;
  const [arm, base] = [named(false), named(true)],
    last = (what: For) => steps.findLast((step) => step.what === what),
    credits = whats.filter(speaksFor).map((what) => creditedOf(what, last(what), experiment));
  const found = {
    arm: { key: arm.key, name: arm.name },
    control: { key: base.key, name: base.name },
    deciding,
    credits,
    guardrails: guardrailsOf(experiment, steps, (id) => measures.metric(id)),
    series: steps.filter(({ what, wins }) => what === deciding && wins.a + wins.b + wins.ties > 0).map((step) => pointOf(step, experiment)),
  } as const;
  return { ...found, verdict: verdictOf(found, experiment, results) };
}

function creditedOf(what: For, step: StepCredit | undefined, experiment: Experiment): Credited {
  const { a, b, ties } = step?.wins ?? { a: 0, b: 0, ties: 0 },
    viewers = a + b + ties,
    found = preference({ a, b, ties }, experiment.alpha);
  const test = (step && creditTest(step.sums, experiment.alpha)) ?? null,
    anytime = (step && anytimeTest(step.sums, experiment)) ?? null;
  return {
    what,
    viewers,
    wins: { arm: a, control: b, ties },
    acts: { arm: step?.acts.a ?? 0, control: step?.acts.b ?? 0 },
    delta: viewers > 0 ? found.delta : null,
    sign: a + b > 0 ? { share: found.share, interval: found.interval, pValue: found.pValue } : null,
    test,
    anytime,
    deciding: inUse(experiment, { test, anytime }),
  };
}

/** The average difference in credit with an asymptotic confidence sequence: one sample, since each viewer saw both arms. */
function anytimeTest({ n, sum, squares }: CreditSums, { alpha, settings }: Experiment): CreditTest | undefined {
  const [effect, variance] = [sum / n, (squares - sum ** 2 / n) / (n - 1)];
  if (!(n > 1 && variance > 0)) return undefined;
  const moments = { effect, standardError: Math.sqrt(variance / n), degreesOfFreedom: n - 1, base: 0, relative: false };
  const arms = [
    { n: 0, variance: 0 },
    { n, variance },
  ] as const;
  const { interval, pValue } = confidenceSequence({ ...moments, arms }, alpha, 'both', settings.tuning);
  return { mean: effect, interval, pValue: pValue! };
}

/** The test that decides, as the experiment is looked at. */
const inUse = <T>({ engine }: Experiment, { test, anytime }: { readonly test: T; readonly anytime: T }): T => (engine === 'fixed' ? test : anytime);

/** With the interval of the test that decides, so that the last point never says otherwise than the verdict. */
function pointOf({ at, wins, sums }: StepCredit, experiment: Experiment): PreferencePoint {
  const test = inUse(experiment, { test: creditTest(sums, experiment.alpha), anytime: anytimeTest(sums, experiment) });
  return { at, viewers: sums.n, delta: preference(wins, experiment.alpha).delta, mean: test?.mean ?? null, interval: test?.interval ?? null };
}

/**
 * Results of an interleaving: everybody is in both arms at once, so that no metric can be compared between them, and what is
 * left is who came, whether it can be trusted, what was preferred, and guardrails by single films.
 */
export function withoutSplit(results: Results, viewers: number, simulated: number, found: Interleaving): Results {
  const { credits, deciding, guardrails, verdict } = found,
    clicks = credits.find(({ what }) => what === 'clicks')!.acts;
  const arms = results.arms.map((arm) => ({ ...arm, viewers, simulated, clicks: arm.key === control ? clicks.control : clicks.arm }));
  return { ...results, verdict, viewers, arms, metrics: guardrails, preference: { deciding, credits }, course: null, plan: null };
}
