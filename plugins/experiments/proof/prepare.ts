import type { Sql } from '../../../core/database/sql.ts';
import { conflict } from '../../../core/errors.ts';
import type { Measures, MetricDefinition } from '../../../recommend/measures.ts';
import { control, type Experiment } from '../model.ts';
import { leftOf, planOf, USUAL_EFFECT } from '../results/plan.ts';
import { LOOK_BACK_DAYS } from '../results/roll-up/compose.ts';
import { PERIOD } from '../results/site-plan.ts';
import { count, percent, viewers } from '../results/words.ts';
import { estimate } from '../statistics/estimate.ts';
import type { RehearsedTest } from '../statistics/rehearsal/rehearse.ts';
import { allOf, type PastUnits } from '../statistics/rehearsal/units.ts';
import { readPast } from './past.ts';

/** Viewers of the past below which drawing from them shows the few, not the site. */
const FEWEST = 100;
/** Viewers of a test beyond which a rehearsal takes too long. */
const LARGEST = 2_000_000;

/** A rehearsal that can begin. */
export interface Prepared {
  readonly metric: MetricDefinition;
  readonly past: PastUnits;
  readonly test: RehearsedTest;
  /** viewers of all arms together */
  readonly units: number;
  /** what the draft's engine comes to: without planned viewers, planned looks are judged as if one looked at any time */
  readonly judged: Experiment;
  /** the power by formula */
  readonly planned: number;
}

/** Reads the past that a draft is rehearsed on. 409 with a sentence where that cannot be done. */
export async function prepare(sql: Sql, measures: Pick<Measures, 'metric' | 'segments'>, draft: Experiment, now: Date): Promise<Prepared> {
  const metric = provable(draft, measures.metric(draft.metric)),
    before = draft.cuped ? { days: LOOK_BACK_DAYS, segment: measures.segments.find(({ stratifies }) => stratifies) } : undefined,
    past = await readPast(sql, metric, { includeSimulated: draft.includeSimulated, now, before });
  if (past.m.length < FEWEST) throw conflict(tooFew(past.m.length, metric));
  const judged: Experiment = draft.engine === 'group-sequential' && draft.plannedUnits === null ? { ...draft, engine: 'sequential' } : draft;
  const base = allOf(past),
    change = draft.mde ?? USUAL_EFFECT,
    effect = metric.better === 'down' ? -change : change,
    plan = planOf({ metric, experiment: judged, base, units: 0, perDay: 0 });
  if (!plan) throw conflict(`All viewers of ${PERIOD} did the same by “${metric.title}”: there is nothing that a test could tell apart.`);
  const units = draft.plannedUnits ?? plan.units;
  if (units === null) throw conflict(`No number of viewers is enough to find a change of ${percent(change)}. Look for a larger one.`);
  const each = armsOf(draft, units),
    { value } = estimate(base);
  refuseSize(units, Math.min(...each), metric);
  if (past.kind === 'proportion' && value * (1 + effect) > 1)
    throw conflict(`${percent(value)} of the viewers did it in ${PERIOD}: it cannot become ${percent(change)} more. Look for a smaller change.`);
  if (effect <= -1) throw conflict(`“${metric.title}” is to fall, and cannot become ${percent(change)} less. Look for a smaller change.`);
  return {
    metric,
    past,
    units,
    judged,
    planned: planOf({ metric, experiment: judged, base, left: leftOf(base, base), units, perDay: 0 })!.power!,
    test: { ...testOf(draft, effect), units: each, relative: metric.scale === 'relative', minimum: metric.minimum },
  };
}

function provable({ kind, status, metric: id }: Experiment, metric: MetricDefinition | undefined): MetricDefinition {
  if (kind !== 'ab') throw conflict('Only an A/B test can be proved on the past: an interleaving or a bandit would have shown viewers other lists.');
  if (status !== 'draft') throw conflict('This experiment was launched: what its viewers do counts now. Copy it to a new draft to prove that.');
  if (!metric) throw conflict(`Nobody counts “${id}” here now. Choose another metric that decides.`);
  if (metric.kind === 'quantile')
    throw conflict(
      `“${metric.title}” is about the slowest or fastest of all viewers together and cannot be drawn anew viewer by viewer. Choose another metric that decides.`,
    );
  return metric;
}

const tooFew = (n: number, { kind, window }: MetricDefinition): string => {
  const whose = kind === 'retention' ? ` whose ${window![1] / 24} days are over` : '';
  return `There were ${viewers(n)}${whose} in ${PERIOD}: drawing from so few would show them, not your site. Come back when there were ${FEWEST}.`;
};

function refuseSize(units: number, smallest: number, { title, minimum }: MetricDefinition): void {
  if (units > LARGEST)
    throw conflict(`The test takes ${viewers(units)}; up to ${count(LARGEST)} can be tried. Look for a larger change, or plan fewer viewers.`);
  if (smallest < minimum)
    throw conflict(
      `With ${viewers(units)} an arm gets ${count(smallest)}, and nothing is said of “${title}” before it has ${count(minimum)}. Plan more viewers.`,
    );
}

/** Of the control, and of the smallest other arm: what is found there is found in the others. */
function armsOf({ arms }: Experiment, units: number): readonly [number, number] {
  const share = (wanted: boolean): number => Math.min(...arms.filter(({ key }) => (key === control) === wanted).map((arm) => arm.share)) / 100;
  return [Math.round(units * share(true)), Math.round(units * share(false))];
}

const testOf = ({ alpha, settings: { tuning, looks, prior } }: Experiment, effect: number) => ({
  effect,
  alpha,
  tuning,
  looks,
  prior: prior && { mean: prior.mean, variance: prior.sd ** 2 },
});
