import { armRanges, bucket, chooseArm, fnv1a32, inNamespace } from '../../plugins/experiments/statistics/hash.ts';
import type { Namespace, Range } from '../../plugins/experiments/statistics/hash.ts';
import { describeWith } from '../shared-data.ts';

interface Cases {
  data: {
    hash: [seed: string, unit: string, version: number, expected: number | null][];
    getBucketRange: [name: string, input: [arms: number, coverage: number, weights: number[] | null], expected: Range[]][];
    chooseVariation: [name: string, n: number, ranges: Range[], expected: number][];
    inNamespace: [name: string, unit: string, namespace: Namespace, expected: boolean][];
    getEqualWeights: [arms: number, weights: number[]][];
  };
}

describeWith<Cases>('vectors/growthbook_hash_bucket_namespace.json', ({ data }) => {
  // The case that is left out has version 99, for which there is no bucket there: here the type does not let it be asked for.
  const versions = data.hash.filter(([, , version]) => version === 1 || version === 2);
  // getQueryStringOverride forces an arm by the address of a page; here a signed link does.
  test('there are cases', () => expect([versions.length, data.getBucketRange.length, data.chooseVariation.length]).toEqual([14, 13, 13]));
  test.each(versions)('bucket of seed "%s", unit "%s", version %i is %d', (seed, unit, version, expected) =>
    expect(bucket(seed, unit, version as 1 | 2)).toBe(expected),
  );
  test.each(data.getBucketRange)('ranges: %s', (_, [arms, coverage, weights], expected) => {
    const ranges = armRanges(arms, coverage, weights ?? undefined);
    expect(ranges).toHaveLength(expected.length);
    ranges.flat().forEach((bound, i) => expect(bound).toBeCloseTo(expected.flat()[i]!, 12));
  });
  test.each(data.inNamespace)('layer: %s', (_, unit, namespace, expected) => expect(inNamespace(unit, namespace)).toBe(expected));
  test.each(data.getEqualWeights)('%i equal arms', (arms, weights) => {
    // The file rounds thirds to eight digits.
    const shares = armRanges(Math.max(0, arms)).map(([start, end]) => end - start);
    expect(shares).toEqual(weights.map((weight) => expect.closeTo(weight, 8)));
  });
  test.each(data.chooseVariation)('arm: %s', (_, n, ranges, expected) => expect(chooseArm(n, ranges)).toBe(expected));
});

test('fnv1a32 gives the published values', () => {
  expect(fnv1a32('')).toBe(0x811c9dc5);
  expect(fnv1a32('a')).toBe(0xe40c292c);
  expect(fnv1a32('foobar')).toBe(0xbf9cf968);
});

test('a ramp from 20 to 60 % moves nobody between arms', () => {
  const arm = (unit: string, coverage: number): number => chooseArm(bucket('ramp', unit), armRanges(3, coverage, [0.5, 0.3, 0.2]));
  const units = Array.from({ length: 5_000 }, (_, i) => `unit-${i}`);
  const early = units.filter((unit) => arm(unit, 0.2) >= 0);
  expect(early.length / units.length).toBeCloseTo(0.2, 1);
  expect(early.filter((unit) => arm(unit, 0.6) !== arm(unit, 0.2))).toEqual([]);
  expect(units.filter((unit) => arm(unit, 0.6) >= 0).length / units.length).toBeCloseTo(0.6, 1);
});

test('arms fill in proportion, and one experiment tells nothing of another', () => {
  const both = new Float64Array(4);
  for (let i = 0; i < 20_000; i++) {
    const [a, b] = ['one', 'two'].map((seed) => chooseArm(bucket(seed, `u${i}`), armRanges(2))) as [number, number];
    both[2 * a + b]! += 1 / 20_000;
  }
  for (const share of both) expect(Math.abs(share - 0.25)).toBeLessThan(0.015);
});
