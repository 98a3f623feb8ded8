import { judge } from '../../plugins/experiments/statistics/engines/compare.ts';
import { normalMixture } from '../../plugins/experiments/statistics/engines/msprt.ts';
import { describeWith } from '../shared-data.ts';

interface Mixture {
  fn: string;
  s: number;
  v: number;
  v_opt: number;
  alpha: number;
  alpha_opt?: number;
  one_sided?: boolean;
  out: number;
}
interface Vectors {
  howard_et_al_asserted: Mixture[];
  statsig_msprt: { vectors: (Record<'n_t' | 'n_c' | 'var_t' | 'var_c' | 'delta' | 'alpha' | 'p_star', number> & { ci: [number, number] })[] };
}
const ours: Record<string, (of: Mixture) => number> = {
  'TwoSidedNormalMixture.best_rho': ({ v_opt, alpha }) => normalMixture.bestRho(v_opt, alpha),
  normal_log_mixture: ({ s, v, v_opt, alpha_opt }) => normalMixture.logEvidence(s, v, normalMixture.bestRho(v_opt, alpha_opt!)),
  normal_mixture_bound: ({ v, v_opt, alpha, alpha_opt }) => normalMixture.bound(v, normalMixture.bestRho(v_opt, alpha_opt!), alpha),
};
/**
 * Not ours: one-sided normal mixtures (the one-sided sequence has the form of Waudby-Smith et al. instead), and mixtures and
 * stitched bounds for single Bernoulli streams and quantiles (beta_binomial_…, poly_stitching_…, bernoulli_…, quantile_ab_…):
 * arms are compared by their sums, not unit by unit.
 */
const applies = ({ fn, one_sided: oneSided }: Mixture): boolean => fn in ours && !oneSided;

describeWith<Vectors>('vectors/sequential_mixture_msprt.json', ({ howard_et_al_asserted: mixtures, statsig_msprt: { vectors } }) => {
  test('there are cases', () => expect([mixtures.filter(applies).length, vectors.length]).toEqual([3, 5]));
  test.each(mixtures.filter(applies))('$fn', (of) => expect(ours[of.fn]!(of)).toBeCloseTo(of.out, 5));
  test.each(vectors)('mSPRT of $delta with $n_t units', ({ n_t, n_c, var_t, var_c, delta, alpha, ci, p_star }) => {
    const arms = [
      { n: n_c, variance: var_c },
      { n: n_t, variance: var_t },
    ] as const;
    const moments = { effect: delta, standardError: Math.sqrt(var_c / n_c + var_t / n_t), degreesOfFreedom: 1, arms, base: 1, relative: false };
    const { interval, pValue } = judge({ kind: 'msprt' }, moments, { relative: false, alpha });
    interval.forEach((end, i) => expect(end).toBeCloseTo(ci[i]!, 12));
    expect(pValue).toBeCloseTo(p_star, 12);
  });
});
