import { badRequest } from '../../core/errors.ts';
import { Models, trainOn, type Entrant, type OnProgress, type Trained } from './contestants.ts';
import type { DataSet } from './data-set.ts';
import { enlarged, ofThoseKnown } from './enlarged.ts';
import { withLater } from './later.ts';
import type { Evaluation, Measured, Plan } from './plan.ts';
import { Errors } from './predict.ts';
import { fullRanking } from './protocols/full-ranking.ts';
import { leaveOneOut } from './protocols/leave-one-out.ts';
import { folds, type Fold } from './protocols/rating.ts';
import { temporal } from './protocols/temporal.ts';
import { measurable, measureRanking, type RankingSplit, type Score } from './rank.ts';

/** Measures all entrants of a plan on a data set. The same data, plan and seed give the same numbers. */
export async function evaluate(set: DataSet, plan: Plan): Promise<Evaluation> {
  const { protocol, preferring, seed } = plan,
    measured = protocol === 'rating' ? await evaluateRating(set, plan) : await evaluateRanking(set, plan);
  return { protocol, preferring, seed, data: set.name, films: set.films.length, ...measured };
}
type Part = Pick<Evaluation, 'viewers' | 'ratings' | 'results'>;

async function evaluateRanking(set: DataSet, plan: Plan): Promise<Part> {
  const measuring = new RankingTest(rankingSplit(set, plan), plan),
    results: Measured[] = [];
  for (const entrant of plan.entrants) results.push(await plan.steps.run(entrant.name, (progress) => measuring.of(entrant, progress), inWords));
  return { viewers: measuring.viewers, ratings: measuring.ratings, results };
}

/** The split of a protocol that ranks. */
export function rankingSplit(set: DataSet, plan: Pick<Plan, 'protocol' | 'preferring' | 'seed' | 'later'>): RankingSplit {
  const split = splitBy(set, plan),
    { later = 0 } = plan;
  return later > 0 ? withLater(split, set, { ...plan, later }) : split;
}

function splitBy(set: DataSet, { protocol, preferring, seed }: Pick<Plan, 'protocol' | 'preferring' | 'seed'>): RankingSplit {
  if (protocol === 'leave-one-out') return leaveOneOut(set, preferring, seed);
  return protocol === 'full-ranking' ? fullRanking(set, preferring, seed) : temporal(set, preferring);
}

/** Training takes about so much of a step's time, measuring the rest. */
const trainingShare = 0.7;

/** One split, on which any number of entrants is measured. */
export class RankingTest {
  readonly #split: RankingSplit;
  readonly #rows: readonly number[];
  readonly #models: Models;
  readonly #seed: number;
  /** films that are served; none: those of the data */
  readonly #films: number;

  /** @throws 400 where nothing can be measured */
  constructor(split: RankingSplit, { seed, threads, films = 0 }: Pick<Plan, 'seed' | 'threads' | 'films'>) {
    this.#split = split;
    this.#rows = measurable(split);
    this.#models = new Models(split.train, { seed, threads });
    this.#seed = seed;
    this.#films = films;
    if (this.#rows.length === 0)
      throw badRequest('No viewer has both ratings to learn from and films to find again. Take more data, or another protocol.');
  }

  get viewers(): number {
    return this.#rows.length;
  }
  get ratings(): number {
    return this.#split.train.ratings.value.length;
  }

  async of(entrant: Entrant, progress: OnProgress): Promise<Measured> {
    const trained = await this.#models.of(entrant.contestants, (fraction, note) => progress(fraction * trainingShare, note));
    const metrics = measureRanking(this.#split, await this.#scoreOf(entrant, trained), {
      rows: this.#rows,
      seed: this.#seed,
      onViewer: (fraction) => progress(trainingShare + fraction * (1 - trainingShare), 'ranking'),
    });
    return { name: entrant.name, settings: entrant.settings, seconds: trained.reduce((sum, { seconds }) => sum + seconds, 0), metrics };
  }

  async #scoreOf(entrant: Entrant, trained: readonly Trained[]): Promise<Score> {
    const { films } = this.#split.train;
    if (this.#films <= films.length) return entrant.score(trained);
    return ofThoseKnown(entrant.score(await enlarged(trained, films, this.#films)), this.#films);
  }
}

async function evaluateRating(set: DataSet, plan: Plan): Promise<Part> {
  const results: Measured[] = [],
    all = [...folds(set, plan.preferring, plan.seed)];
  for (const entrant of plan.entrants)
    results.push(await plan.steps.run(entrant.name, (progress) => foretell(entrant, all, plan, progress), inWords));
  return { viewers: set.ratings.rows, ratings: all[0]!.train.ratings.value.length, results };
}

/** @param entrant of a single algorithm, with `predict` */
export async function foretell(
  entrant: Entrant,
  all: readonly Fold[],
  plan: Pick<Plan, 'seed' | 'threads'>,
  progress: OnProgress,
): Promise<Measured> {
  const errors = new Errors(all[0]!.test.rows);
  let seconds = 0;
  for (const [done, fold] of all.entries()) {
    const trained = await trainOn(fold.train, entrant.contestants[0]!, plan, (fraction, note) => progress((done + fraction) / all.length, note));
    errors.add(fold, trained);
    seconds += trained.seconds;
  }
  return { name: entrant.name, settings: entrant.settings, seconds, metrics: errors.estimate(plan.seed) };
}

/** What was found, for the line that a step leaves. */
export const inWords = ({ metrics: { hitRate, ndcg, rmse, mae } }: Measured): string =>
  rmse ? `RMSE ${rmse.value.toFixed(4)}, MAE ${mae!.value.toFixed(4)}` : `HR@10 ${hitRate!.value.toFixed(4)}, NDCG@10 ${ndcg!.value.toFixed(4)}`;
