import type { MetricDefinition } from '../../../recommend/measures.ts';
import type { SumMoments } from '../statistics/moments.ts';
import type { Sums } from './read.ts';

/**
 * The sums of a metric over n units in the form that the statistics take.
 * @param past with what the units did before their first exposure, for CUPED
 * @throws TypeError for a quantile, which sums do not tell
 */
export function momentsOf({ kind }: Pick<MetricDefinition, 'kind'>, n: number, sums: Sums, past = false): SumMoments {
  const { m, d, a, b, mm, md, dd, ma, aa } = sums;
  switch (kind) {
    case 'binomial':
    case 'retention':
      return past ? { kind: 'regression', of: 'proportion', n, y: m, x: a, yy: mm, xx: aa, xy: ma } : { kind: 'proportion', n, sum: m };
    case 'mean':
      return past ? { kind: 'regression', of: 'mean', n, y: m, x: a, yy: mm, xx: aa, xy: ma } : { kind: 'mean', n, sum: m, squares: mm };
    case 'ratio': {
      const { mb, da, db, ab, bb } = sums;
      return past ? { kind: 'regression-ratio', n, m, d, a, b, mm, md, ma, mb, dd, da, db, aa, ab, bb } : { kind: 'ratio', n, m, d, mm, dd, md };
    }
    case 'quantile':
      throw new TypeError('a quantile cannot be made from sums');
  }
}
