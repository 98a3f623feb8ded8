import { peeking } from '../../config/validation/peeking.ts';
import { seeded } from '../../math/random.ts';
import { analysisFields } from '../../plugins/experiments/input/analysis.ts';
import { MOST_GROUPS } from '../../plugins/experiments/results/breakdown.ts';
import { LOOK_BACK_DAYS } from '../../plugins/experiments/results/roll-up/compose.ts';
import { FEWEST_UNITS } from '../../plugins/experiments/statistics/bandit/thompson.ts';
import { TUNING } from '../../plugins/experiments/statistics/engines/confidence-sequence.ts';
import { ALPHA } from '../../plugins/experiments/statistics/engines/engine.ts';
import { tooManyMultiple } from '../../plugins/experiments/statistics/health/imbalance.ts';
import { SRM_ALPHA, sampleRatio } from '../../plugins/experiments/statistics/srm.ts';
import { metrics } from '../../plugins/tracking/metrics.ts';
import { describeWith } from '../shared-data.ts';

/**
 * Others by choice: 100 units for the minimum of most metrics (150 there), a floor of 5 % for a bandit's arms (1 %), a change of 5 % that is looked
 * for (10 %), fixed looks (Bayes) and variance reduction only where they are asked for. Not here: bounds of what counts as a win beside the interval.
 */
describeWith<{ defaults: Record<string, number> }>('vectors/growthbook_defaults.json', ({ defaults }) => {
  test('α, the tuning of the confidence sequence, the alarms and the start of a bandit', () => {
    expect([ALPHA, TUNING, SRM_ALPHA, FEWEST_UNITS]).toEqual(
      ['alpha', 'sequential_tuning_parameter', 'srm_threshold', 'bandit_min_users_per_variation'].map((key) => defaults[key]),
    );
    expect([LOOK_BACK_DAYS, metrics.find(({ id }) => id === 'conversion')!.window![1], analysisFields.minDays.parse(undefined), MOST_GROUPS]).toEqual(
      ['cuped_lookback_days', 'metric_conversion_window_hours', 'experiment_min_length_days', 'max_dimension_levels'].map((key) => defaults[key]),
    );
    const all = (n: number) => sampleRatio([n, 0].map((units) => ({ units, share: 1 }))).alarm;
    const fewest = 2 * defaults.srm_min_users_per_variation!;
    expect([all(fewest - 1), all(fewest)]).toEqual([false, true]);
    const units = defaults.multiple_exposure_min_users! / defaults.multiple_exposure_threshold!;
    expect([tooManyMultiple(units / 100, units), tooManyMultiple(units / 100 - 1, units)]).toEqual([true, false]);
  });
});

type Rates = [any: number, last: number];
describeWith<{ results: { peeking_AA_20_looks: Record<string, Rates> } }>('vectors/simulation_acceptance_bands.json', ({ results }) => {
  test('false wins at any of twenty looks are near those of other implementations', () => {
    const found = peeking.run(300, seeded(3));
    const of = (what: string): number => found.find((each) => each.what === `${what}, at any look`)!.value;
    const pairs = { fixed: 'naive_t (any look, last look)', 'confidence sequence': 'asymptotic_CS N*=5000', mSPRT: 'statsig_mSPRT' };
    const more = { 'group sequential': 'group_sequential rho=2', 'flat Bayes': 'bayes flat CTW>95% or <5%' };
    for (const [ours, theirs] of Object.entries({ ...pairs, ...more })) {
      const [expected] = results.peeking_AA_20_looks[theirs]!;
      expect(Math.abs(of(ours) - expected)).toBeLessThan(3.5 * Math.sqrt((expected * (1 - expected)) / 300) + 0.005);
    }
  });
});
