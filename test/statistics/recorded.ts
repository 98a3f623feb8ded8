import { compare } from '../../plugins/experiments/statistics/engines/compare.ts';
import type { Comparison, Engine, Side } from '../../plugins/experiments/statistics/engines/engine.ts';
import type { Moments, QuantileMoments, RatioMoments } from '../../plugins/experiments/statistics/moments.ts';

/** How the files of test vectors write the sums of one arm. */
export interface Statistic {
  readonly _type: string;
  readonly n: number;
  readonly [field: string]: unknown;
}
type Sums = { readonly _type?: string; readonly n: number; readonly sum: number; readonly sum_squares?: number };
export interface Vector {
  readonly id: string;
  readonly input: { readonly test?: string; readonly strata: readonly [readonly [Statistic, Statistic]]; readonly config: Config };
  readonly output: Output;
}
interface Config {
  readonly difference_type: 'relative' | 'absolute';
  readonly alpha: number;
  readonly sequential_tuning_parameter?: number;
  readonly inverse?: boolean;
  readonly prior_effect?: { readonly proper: boolean; readonly mean: number; readonly variance: number };
}
interface Output {
  readonly expected: number;
  readonly ci: readonly [Bound, Bound];
  readonly pValue?: number;
  readonly errorMessage: string | null;
  readonly uplift: { readonly stddev: number };
  readonly chanceToWin?: number;
  readonly risk?: readonly [number, number];
  readonly _dof: number | null;
}
type Bound = number | 'Infinity' | '-Infinity';

const squares = ({ sum, sum_squares }: Sums): number => sum_squares ?? sum;

const readers: Record<string, (statistic: never) => Moments> = {
  SampleMeanStatistic: ({ n, sum, sum_squares }: Required<Sums>) => ({ kind: 'mean', n, sum, squares: sum_squares }),
  ProportionStatistic: ({ n, sum }: Sums) => ({ kind: 'proportion', n, sum }),
  RatioStatistic: (s: { n: number; m_statistic: Sums; d_statistic: Sums; m_d_sum_of_products: number }): RatioMoments => {
    const [m, d] = [s.m_statistic, s.d_statistic];
    return { kind: 'ratio', n: s.n, m: m.sum, d: d.sum, mm: squares(m), dd: squares(d), md: s.m_d_sum_of_products };
  },
  RegressionAdjustedStatistic: (s: { n: number; post_statistic: Sums; pre_statistic: Sums; post_pre_sum_of_products: number }) => {
    const [y, x] = [s.post_statistic, s.pre_statistic];
    const of = y._type === 'ProportionStatistic' ? 'proportion' : 'mean';
    return { kind: 'regression', of, n: s.n, y: y.sum, x: x.sum, yy: squares(y), xx: squares(x), xy: s.post_pre_sum_of_products };
  },
  RegressionAdjustedRatioStatistic: (s: Record<string, Sums & number>) => {
    const [m, d, a, b] = [s.m_statistic_post!, s.d_statistic_post!, s.m_statistic_pre!, s.d_statistic_pre!];
    return {
      kind: 'regression-ratio',
      n: s.n!,
      m: m.sum,
      d: d.sum,
      a: a.sum,
      b: b.sum,
      mm: squares(m),
      dd: squares(d),
      aa: squares(a),
      bb: squares(b),
      md: s.m_post_d_post_sum_of_products!,
      ma: s.m_post_m_pre_sum_of_products!,
      mb: s.m_post_d_pre_sum_of_products!,
      da: s.m_pre_d_post_sum_of_products!,
      db: s.d_post_d_pre_sum_of_products!,
      ab: s.m_pre_d_pre_sum_of_products!,
    };
  },
  QuantileStatistic: (s: { n: number; nu: number; quantile_hat: number; quantile_lower: number; quantile_upper: number }): QuantileMoments => ({
    kind: 'quantile',
    n: s.n,
    level: s.nu,
    value: s.quantile_hat,
    lower: s.quantile_lower,
    upper: s.quantile_upper,
  }),
};

export const momentsOf = (statistic: Statistic): Moments => readers[statistic._type]!(statistic as never);
export const armsOf = ({ input }: Vector): [Moments, Moments] => input.strata[0].map(momentsOf) as [Moments, Moments];

const prior = ({ prior_effect: effect }: Config) => (effect?.proper ? { mean: effect.mean, variance: effect.variance } : undefined);
const engines: Record<string, (config: Config) => Engine> = {
  TTest: () => ({ kind: 'fixed' }),
  SequentialTTest: ({ sequential_tuning_parameter: tuning }) => ({ kind: 'confidence-sequence', tuning: tuning! }),
  EffectBayesianABTest: (config) => ({ kind: 'bayes', prior: prior(config)! }),
};
const sides: Record<string, Side> = { TwoSided: 'both', OneSidedTreatmentGreater: 'greater', OneSidedTreatmentLesser: 'less' };

/** The comparison that a vector is about, as we make it. */
export function compareAs(vector: Vector): Comparison | undefined {
  const { test = '', config } = vector.input;
  const side = Object.keys(sides).find((name) => test.includes(name));
  const engine = engines[test.replace(side ?? '', '')]!(config);
  const relative = config.difference_type === 'relative';
  return compare(engine, ...armsOf(vector), { relative, alpha: config.alpha, side: side ? sides[side]! : 'both', inverse: config.inverse ?? false });
}

/** Recorded as float64; the anchor asserts them to 5 … 10 digits. */
export const close = (actual: number, expected: Bound, relative = 1e-9): void => {
  if (typeof expected === 'string') expect(actual).toBe(Number(expected));
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(1e-3, Math.abs(expected)));
};

/** Everything that the vector records must come out; where it records an error, nothing must. */
export function check(vector: Vector): void {
  const { output } = vector;
  const found = compareAs(vector);
  if (output.errorMessage) return expect(found).toBeUndefined();
  close(found!.effect, output.expected);
  close(found!.standardError, output.uplift.stddev);
  output.ci.forEach((bound, end) => close(found!.interval[end]!, bound));
  if (output._dof !== null) close(found!.degreesOfFreedom, output._dof);
  if (output.chanceToWin !== undefined) close(found!.chanceToWin!, output.chanceToWin);
  output.risk?.forEach((risk, of) => close(found!.risk![of]!, risk));
}
