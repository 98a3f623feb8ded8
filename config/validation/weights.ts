import { holds, limitsOf } from '../../jobs/weights/guardrails.ts';
import { figuresOf } from '../../jobs/weights/measured.ts';
import { propose } from '../../jobs/weights/propose.ts';
import { fromSimplex, scaled } from '../../jobs/weights/simplex.ts';
import type { Sample, Weights } from '../../jobs/weights/task.ts';
import { normal, type Random } from '../../math/random.ts';
import { average, repeat, share, type Finding, type Simulation } from './finding.ts';

const FILMS = 120,
  VIEWERS = 800,
  HELD = 5,
  ALGORITHMS = 4,
  MIXES = 100;

interface World {
  /** share of viewers who know each film */
  readonly popularity: Float64Array;
  /** of each algorithm: how well it knows what a viewer wants, and how much it leans towards what everybody knows */
  readonly skill: readonly number[];
  readonly lean: readonly number[];
}
/** The more an algorithm knows, the more it leans to the well-known, so that better lists are less novel and cover less. */
function world(random: Random): World {
  const skill = repeat(ALGORITHMS, () => 2 * random());
  return { popularity: Float64Array.from({ length: FILMS }, () => 0.01 + 0.9 * random() ** 4), skill, lean: skill.map((one) => 2 * one * random()) };
}

/** What one viewer's films got from each algorithm. Viewers, too, like what is well-known somewhat more. */
function viewer({ popularity, skill, lean }: World, random: Random): Sample {
  const appeal = Array.from(popularity, (known) => normal(random) + 2 * known),
    order = appeal.map((_, film) => film).sort((a, b) => appeal[b]! - appeal[a]!);
  const wanted = new Uint8Array(FILMS),
    scores = new Float32Array(ALGORITHMS * FILMS);
  for (const film of order.slice(0, HELD)) wanted[film] = 1;
  for (let a = 0; a < ALGORITHMS; a++)
    for (let film = 0; film < FILMS; film++) scores[a * FILMS + film] = normal(random) + skill[a]! * wanted[film]! + lean[a]! * popularity[film]!;
  return { scores, films: Int32Array.from({ length: FILMS }, (_, film) => film), wanted, held: HELD };
}

interface Run {
  /** the proposal keeps its guardrails for the viewers that it was checked on, and for others who come later */
  readonly kept: boolean;
  readonly keptLater: boolean;
  /** so does what is best of some mixes by NDCG alone */
  readonly keptWithout: boolean;
  readonly moved: boolean;
  /** NDCG of viewers who come later, over that of the weights in use */
  readonly gain: number;
}
function once(random: Random): Run {
  const of = world(random),
    [known, later] = [VIEWERS, VIEWERS].map((n) => repeat(n, () => viewer(of, random))) as [Sample[], Sample[]],
    start = fromSimplex(ALGORITHMS, random),
    { popularity } = of;
  const { weights, others } = propose(known, { start, popularity, random, onTrial() {} });
  const keeps = (samples: readonly Sample[], one: Weights): boolean =>
    holds(figuresOf(samples, one, popularity), limitsOf(figuresOf(samples, scaled(start), popularity)));
  const mixes = repeat(MIXES, () => fromSimplex(ALGORITHMS, random)).map((mix) => ({ mix, ...figuresOf(known, mix, popularity) })),
    best = mixes.reduce((a, b) => (b.ndcg > a.ndcg ? b : a));
  return {
    kept: keeps(others, weights),
    keptLater: keeps(later, weights),
    keptWithout: keeps(known, best.mix),
    moved: weights.some((weight, i) => weight !== scaled(start)[i]),
    gain: figuresOf(later, weights, popularity).ndcg / figuresOf(later, start, popularity).ndcg - 1,
  };
}

/** A figure that chance may not touch. */
const never = (what: string, value: number): Finding => ({ what, value, error: 0, low: 0, high: 0 });

/** No weights are proposed that break a guardrail, though those that serve best would. */
export const weightSearch: Simulation = {
  title: `Weight search over ${ALGORITHMS} algorithms, ${VIEWERS} viewers: may cost 5 % of novelty and 10 % of coverage`,
  runs: { few: 2, many: 100 },
  run(runs, random) {
    const found = repeat(runs, () => once(random)),
      count = (of: (run: Run) => boolean): number => found.filter(of).length;
    return [
      never(
        'proposals that break a guardrail for the viewers they were checked on',
        count(({ kept }) => !kept),
      ),
      share(
        'proposals that break one for as many viewers who come later',
        count(({ keptLater }) => !keptLater),
        runs,
        0,
        0.05,
      ),
      share(
        `best of ${MIXES} mixes by NDCG alone: break one`,
        count(({ keptWithout }) => !keptWithout),
        runs,
        0,
        1,
      ),
      share(
        'runs in which other weights than those in use are proposed',
        count(({ moved }) => moved),
        runs,
        0.5,
        1,
      ),
      average(
        'NDCG@10 of viewers who come later, over the weights in use',
        found.map(({ gain }) => gain),
        0,
        Infinity,
      ),
    ];
  },
};
