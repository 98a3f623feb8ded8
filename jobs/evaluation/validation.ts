import type { Entrant, OnProgress } from './contestants.ts';
import type { DataSet } from './data-set.ts';
import { foretell, rankingSplit, RankingTest } from './evaluate.ts';
import type { Measured, Plan } from './plan.ts';
import { folds } from './protocols/rating.ts';

type Wanted = Pick<Plan, 'protocol' | 'preferring' | 'seed' | 'threads'>;
type Trial = (entrant: Entrant, progress: OnProgress) => Promise<Measured>;

/** What a protocol lets algorithms learn from, as a data set of its own: nothing of the test part is in it. Of five folds the first one is the test part. */
function learnable(set: DataSet, wanted: Wanted): DataSet {
  const { leftOut: _test, ...rest } = set;
  const { ratings, age } = wanted.protocol === 'rating' ? firstFold(set, wanted).train : rankingSplit(set, wanted).train;
  return { ...rest, ratings, age };
}
const firstFold = (set: DataSet, { preferring, seed }: Wanted) => folds(set, preferring, seed).next().value!;

/** How settings are compared: the protocol's own split once more, within the training part. */
export function validation(set: DataSet, wanted: Wanted): Trial {
  const part = learnable(set, wanted);
  if (wanted.protocol === 'rating') {
    const fold = firstFold(part, wanted);
    return (entrant, progress) => foretell(entrant, [fold], wanted, progress);
  }
  const test = new RankingTest(rankingSplit(part, wanted), wanted);
  return (entrant, progress) => test.of(entrant, progress);
}

/** Which of two is better by the measure that settings are chosen by: the lower RMSE, else the higher NDCG@10. For sorting, best first. */
export const byMerit = ({ metrics: a }: Measured, { metrics: b }: Measured): number =>
  a.rmse && b.rmse ? a.rmse.value - b.rmse.value : b.ndcg!.value - a.ndcg!.value;
