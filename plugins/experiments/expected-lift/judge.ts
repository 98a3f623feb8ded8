import type { BlendSpec } from '../../../recommend/blend-spec.ts';
import {
  doublyRobust,
  effectiveSample,
  expectedLift,
  ips,
  LoggedSums,
  snips,
  type Lift,
  type Logged,
  type PolicyValue,
} from '../statistics/offline/off-policy.ts';
import { refusal, type Refusal } from '../statistics/offline/refusal.ts';
import type { ClickModel } from './click-model.ts';
import type { PreparedList } from './logged.ts';
import { ranksBy } from './order.ts';
import { placeChanceSteps } from '../../../math/plackett-luce.ts';
import { paced, Pace } from '../../../math/pace.ts';

/** Rewards per film shown that a blend would get, at places that were left to chance. */
export interface Judged {
  readonly ips: PolicyValue;
  readonly snips: PolicyValue;
  readonly doublyRobust: PolicyValue;
  /** relative to what was served */
  readonly lift: Lift;
}
export interface Judgement {
  /** decisions that weigh equally and would tell as much */
  readonly effective: number;
  /** why the log cannot tell; then there are no estimates */
  readonly refusal: Refusal | null;
  readonly estimates: Judged | null;
}

/** What a blend would have got in place of what was served, with the same chance in its order. */
export async function judge(
  lists: readonly PreparedList[],
  target: Pick<BlendSpec, 'weights' | 'normalisation' | 'newcomers'>,
  model: ClickModel,
  alpha: number,
  pace = new Pace(),
): Promise<Judgement> {
  const log = new LoggedSums();
  for (const list of lists) {
    const chances = await paced(placeChanceSteps(list.pool.length - list.fixed, list.films.length - list.fixed, list.temperature), pace);
    for (const decision of decisionsOf(list, ranksBy(list, target), chances, model)) log.add(decision);
    if (pace.due) await pace.rest();
  }
  const refused = refusal(log) ?? null;
  return {
    effective: effectiveSample(log),
    refusal: refused,
    estimates: refused
      ? null
      : { ips: ips(log, alpha), snips: snips(log, alpha), doublyRobust: doublyRobust(log, alpha), lift: expectedLift(log, alpha) },
  };
}

/**
 * Each film at its place is one decision, weighed by its chance to stand there in either order: right where a reward hangs on
 * viewer, film and place, not on the other films (Li et al., KDD 2018).
 */
function decisionsOf(list: PreparedList, ranks: readonly number[], chances: readonly Float64Array[], model: ClickModel): Logged[] {
  return list.shown.map(({ rank, place, reward }) => ({
    viewer: list.unit,
    reward,
    weight: chances[ranks[rank]!]![place]! / chances[rank]![place]!,
    predicted: model(rank, place),
    expected: ranks.reduce((sum, target, served) => sum + chances[target]![place]! * model(served, place), 0),
  }));
}
