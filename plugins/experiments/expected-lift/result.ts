import { placeChances } from '../../../math/plackett-luce.ts';
import type { Sql } from '../../../core/database/sql.ts';
import type { Blends } from '../../../recommend/blends.ts';
import type { BlendSpec } from '../../../recommend/blend-spec.ts';
import { overridden } from '../../../recommend/overrides.ts';
import { control, type Arm, type Experiment } from '../model.ts';
import { count, listed, percent } from '../results/words.ts';
import type { Refusal } from '../statistics/offline/refusal.ts';
import { clickModel, type ClickModel } from './click-model.ts';
import { judge, type Judged } from './judge.ts';
import { loggedLists, rewardOf, type PreparedList, type Reward } from './logged.ts';
import { unknownTo } from './order.ts';
import { eachPaced, Pace } from '../../../math/pace.ts';

export interface ArmLift {
  readonly key: string;
  readonly name: string;
  /** decisions that weigh equally and would tell as much; null where the arm cannot be judged at all */
  readonly effective: number | null;
  /** null where the log cannot tell */
  readonly estimates: Judged | null;
  /** what the numbers say, or why there are none and what to do */
  readonly text: string;
}
/** GET /admin/data/experiments/experiments/:id/expected-lift */
export interface ExpectedLift {
  /** the blend whose logged lists were used */
  readonly blend: string;
  /** successes where the experiment's metric is a conversion, or else clicks */
  readonly reward: Reward;
  readonly lists: number;
  readonly viewers: number;
  /** films shown at places that were left to chance */
  readonly decisions: number;
  /** lists whose chances could not be retraced: later pages, and lists with pins */
  readonly leftOut: number;
  /** rewards per film shown, as served */
  readonly served: number | null;
  /** share of the rewards that the chance in the order costs, by the click model; null where nothing was rewarded */
  readonly cost: number | null;
  /** the control among them: by the blend as it is now */
  readonly arms: readonly ArmLift[];
}

/** What the arms of a draft would get, by lists of the control's blend in the last weeks. */
export async function expectedLiftOf(sql: Sql, blends: Pick<Blends, 'current' | 'latest'>, experiment: Experiment): Promise<ExpectedLift> {
  const specOf = ({ blend }: Arm) => (blend === null ? blends.current() : blends.latest().find((one) => one.blend === blend)),
    base = specOf(experiment.arms.find(({ key }) => key === control)!)!;
  const pace = new Pace(),
    { lists, leftOut } = await loggedLists(sql, base.blend, experiment, pace);
  let [decisions, rewards] = [0, 0];
  await eachPaced(lists, pace, ({ shown }) => {
    decisions += shown.length;
    for (const { reward } of shown) rewards += reward;
  });
  const model = await clickModel(lists, pace),
    arms: ArmLift[] = [];
  for (const arm of experiment.arms) {
    const target = overridden(specOf(arm)!.spec, arm.overrides);
    arms.push({ key: arm.key, name: arm.name, ...(await liftOf({ lists, model, target, arm, base: base.name, alpha: experiment.alpha, pace })) });
  }
  return {
    blend: base.name,
    reward: rewardOf(experiment),
    lists: lists.length,
    viewers: new Set(lists.map(({ unit }) => unit)).size,
    decisions,
    leftOut,
    served: decisions > 0 ? rewards / decisions : null,
    cost: costOf(lists, model),
    arms,
  };
}

/** As served, against the same lists in the order of their scores. Lists that are drawn alike give up alike. */
function costOf(lists: readonly PreparedList[], model: ClickModel): number | null {
  const kinds = new Map<string, { readonly list: PreparedList; times: number }>();
  for (const list of lists) {
    const key = `${list.pool.length} ${list.films.length} ${list.fixed} ${list.temperature}`,
      kind = kinds.get(key) ?? { list, times: 0 };
    kinds.set(key, { ...kind, times: kind.times + 1 });
  }
  let [best, drawn] = [0, 0];
  for (const { list, times } of kinds.values())
    for (const [rank, chances] of placeChances(list.pool.length - list.fixed, list.films.length - list.fixed, list.temperature).entries()) {
      if (rank < chances.length) best += times * model(rank, rank);
      for (const [place, chance] of chances.entries()) drawn += times * chance * model(rank, place);
    }
  return best > 0 ? (best - drawn) / best : null;
}

interface Question {
  readonly lists: readonly PreparedList[];
  readonly model: ClickModel;
  readonly target: BlendSpec;
  readonly arm: Arm;
  readonly base: string;
  readonly alpha: number;
  readonly pace: Pace;
}
const none = (text: string): Omit<ArmLift, 'key' | 'name'> => ({ effective: null, estimates: null, text });

/** No chance is left in an estimate but that of rounding. */
const SAME = 1e-9;

async function liftOf({ lists, model, target, arm, base, alpha, pace }: Question): Promise<Omit<ArmLift, 'key' | 'name'>> {
  if (lists.length === 0) return none(`No lists of “${base}” were logged with chance in their order. ${howTo(base)}`);
  const problem = unsupported(lists, target, arm);
  if (problem) return none(problem);
  const { effective, refusal, estimates } = await judge(lists, target, model, alpha, pace);
  if (refusal) return { effective, estimates, text: sentence(refusal, base) };
  const { lift } = estimates!;
  if (lift.standardError < SAME) return { effective, estimates, text: 'The same order as in the logged lists, so that nothing would change.' };
  const interval = `${percent(lift.interval[0])} to ${percent(lift.interval[1])}`;
  const open = lift.interval[0] <= 0 && lift.interval[1] >= 0;
  return Number.isFinite(lift.value)
    ? {
        effective,
        estimates,
        text: `Expected change: ${percent(lift.value)} (${percent(1 - alpha)} interval ${interval}, by the ${estimators[lift.by]} estimate)${open ? ', which contains zero' : ''}.`,
      }
    : { effective, estimates: null, text: 'Nothing was clicked in the logged lists, so that there is nothing to compare.' };
}

const estimators: Record<Judged['lift']['by'], string> = { ips: 'inverse propensity', doublyRobust: 'doubly robust' };

/** What no logged list says anything about. */
function unsupported(lists: readonly PreparedList[], target: BlendSpec, { name, overrides }: Arm): string | undefined {
  if (overrides.models) return `“${name}” serves another version of a model, whose scores were not logged.`;
  const { spec } = lists[0]!,
    missing = unknownTo(spec, target);
  if (missing.length > 0)
    return `“${name}” asks ${listed(missing)}, which the logged blend does not ask. Give it a small weight there for some days, so that its scores are logged.`;
  return target.normalisation === spec.normalisation ? undefined : `“${name}” makes scores comparable in another way than the logged blend does.`;
}

const howTo = (blend: string): string =>
  `Turn exploration on: set a temperature, such as 0.3, in the blend “${blend}”, save it, and come back after some days.`;

function sentence(refusal: Refusal, blend: string): string {
  switch (refusal.kind) {
    case 'too-few':
      return `The logged lists tell as much as ${count(Math.floor(refusal.effective))} decisions; it takes ${count(refusal.needed)}. Wait for more of them. ${howTo(blend)}`;
    case 'too-different':
      return `It would show what was hardly ever shown: ${count(refusal.decisions)} logged decisions tell as much as ${count(Math.floor(refusal.effective))}. A higher temperature in “${blend}” shows more of it.`;
    case 'wrong-propensities':
      return `The logged chances do not add up (average weight ${refusal.averageWeight.toFixed(2)} in place of 1), so nothing can be said.`;
  }
}
