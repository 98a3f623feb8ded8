import type { BlendSpec } from '../../../recommend/blend-spec.ts';
import { doublyRobust, effectiveSample, expectedLift, ips, snips, type Logged, type PolicyValue } from '../statistics/offline/off-policy.ts';
import { refusal, type Refusal } from '../statistics/offline/refusal.ts';
import { shown, type ClickModel } from './click-model.ts';
import type { LoggedList } from './logged.ts';
import { ranksBy } from './order.ts';
import { placeChances } from '../../../math/plackett-luce.ts';

/** Rewards per film shown that a blend would get, at places that were left to chance. */
export interface Judged {
  readonly ips: PolicyValue;
  readonly snips: PolicyValue;
  readonly doublyRobust: PolicyValue;
  /** relative to what was served */
  readonly lift: PolicyValue;
}
export interface Judgement {
  /** decisions that weigh equally and would tell as much */
  readonly effective: number;
  /** why the log cannot tell; then there are no estimates */
  readonly refusal: Refusal | null;
  readonly estimates: Judged | null;
}

/** What a blend would have got in place of what was served, with the same chance in its order. */
export function judge(
  lists: readonly LoggedList[],
  target: Pick<BlendSpec, 'weights' | 'normalisation' | 'newcomers'>,
  model: ClickModel,
  alpha: number,
): Judgement {
  const log = lists.flatMap((list) => decisionsOf(list, ranksBy(list, target), model)),
    refused = refusal(log) ?? null;
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
function decisionsOf(list: LoggedList, ranks: readonly number[], model: ClickModel): Logged[] {
  const chances = placeChances(ranks.length, list.films.length - list.fixed, list.temperature);
  return [...shown([list])].map(({ rank, place, reward }) => ({
    viewer: list.unit,
    reward,
    weight: chances[ranks[rank]!]![place]! / chances[rank]![place]!,
    predicted: model(rank, place),
    expected: ranks.reduce((sum, target, served) => sum + chances[target]![place]! * model(served, place), 0),
  }));
}
