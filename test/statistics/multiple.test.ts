import fc from '../harness/properties.ts';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { adjust, adjustedInterval, benjaminiHochberg, familyInterval, holm } from '../../plugins/experiments/statistics/multiple.ts';
import { describeWith } from '../shared-data.ts';

interface Vectors {
  asserted: Record<'holm' | 'benjamini_hochberg', { in: number[]; out?: number[]; out_sorted?: number[]; out_sorted_desc?: number[] }[]>;
  adjusted_ci: { asserted: { p: number; lift: number; alpha: number; ci: [number, number] }[] };
  statsmodels_reference: { in: number[]; holm: number[]; fdr_bh: number[] }[];
}
const both = (found: readonly number[], expected: readonly number[]): void => {
  expect(found).toHaveLength(expected.length);
  found.forEach((p, i) => expect(p).toBeCloseTo(expected[i]!, 9));
};

// Of the corrections in the file Holm and Benjamini–Hochberg are offered; Bonferroni and Šidák are never better than Holm.
describeWith<Vectors>('vectors/multiple_testing.json', ({ asserted, adjusted_ci: intervals, statsmodels_reference: references }) => {
  test.each(references)('statsmodels $in', ({ in: pValues, holm: byHolm, fdr_bh: byShare }) => {
    both(holm(pValues), byHolm);
    both(benjaminiHochberg(pValues), byShare);
  });
  test.each(asserted.holm)('Holm $in', ({ in: pValues, out, out_sorted: sorted }) => {
    if (out) both(holm(pValues), out);
    else
      both(
        [...holm(pValues)].sort((a, b) => a - b),
        [...sorted!].sort((a, b) => a - b),
      );
  });
  test.each(asserted.benjamini_hochberg)('Benjamini–Hochberg $in', ({ in: pValues, out, out_sorted_desc: sorted }) => {
    if (out) both(benjaminiHochberg(pValues), out);
    else
      both(
        [...benjaminiHochberg(pValues)].sort((a, b) => b - a),
        sorted!,
      );
  });
  test.each(intervals.asserted)('interval of p $p', ({ p, lift, alpha, ci }) => {
    const found = adjustedInterval(lift, [lift, lift], p, alpha);
    found.forEach((end, i) => expect(end).toBeCloseTo(ci[i]!, 6));
  });
});

test('both keep the order, never go below p, and Holm never below Benjamini–Hochberg', () => {
  const family = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(family, (pValues) => {
      const [strict, share] = [holm(pValues), benjaminiHochberg(pValues)];
      pValues.forEach((p, i) => {
        expect(share[i]!).toBeGreaterThanOrEqual(p - 1e-12);
        expect(strict[i]!).toBeGreaterThanOrEqual(share[i]! - 1e-12);
        pValues.forEach((other, j) => {
          if (p < other) expect(strict[i]!).toBeLessThanOrEqual(strict[j]!);
        });
      });
    }),
    { seed: 4, numRuns: 100 },
  );
});

test('an interval that is adjusted is never narrower', () => {
  expect(adjustedInterval(0.1, [-0.5, 0.7], 0.05, 0.05)).toEqual([-0.5, 0.7]);
  expect(adjustedInterval(0.1, [0.05, 0.15], 1, 0.05)).toEqual([-Infinity, Infinity]);
});

test('the interval of one question among many leaves out zero where the adjusted p says so, holds it where not, and is never endless', () => {
  const alpha = 0.05,
    z = 1.959963984540054;
  for (const correction of ['holm', 'benjamini-hochberg'] as const)
    for (const effects of [[0.1, 2.5, -3.1, 0.4], [0.01], [1.97, 1.98, 2.3], [2.2, -2.3, 0.02]]) {
      const p = adjust(
        correction,
        effects.map((effect) => 2 * normalCdf(-Math.abs(effect), 0, 1)),
      );
      for (const [i, effect] of effects.entries()) {
        const [low, high] = familyInterval(effect, [effect - z, effect + z], p[i]!, { alpha, family: effects.length });
        expect([effect, p[i]! < alpha]).toEqual([effect, low > 0 || high < 0]);
        expect([low <= effect - z + 1e-9, high >= effect + z - 1e-9, high - low < 4 * z]).toEqual([true, true, true]);
      }
    }
});
