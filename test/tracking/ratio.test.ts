import { seeded } from '../../math/random.ts';
import { ratioOf, type Sums } from '../../plugins/tracking/ratio.ts';

const sumsOf = (viewers: readonly { n: number; x: number }[]): Sums =>
  viewers.reduce<Sums>((s, { n, x }) => ({ viewers: s.viewers + 1, n: s.n + n, x: s.x + x, nn: s.nn + n * n, nx: s.nx + n * x, xx: s.xx + x * x }), {
    viewers: 0,
    n: 0,
    x: 0,
    nn: 0,
    nx: 0,
    xx: 0,
  });

describe('the interval of a rate', () => {
  test("is Wilson's where every viewer saw one film", () => {
    const { value, low, high } = ratioOf(sumsOf(Array.from({ length: 100 }, (_, i) => ({ n: 1, x: Number(i < 10) }))))!;
    expect(value).toBeCloseTo(0.1, 12);
    // Wilson for 10 of 99 (one degree of freedom goes to the mean), by the textbook's formula
    expect(low).toBeCloseTo(0.055066, 6);
    expect(high).toBeCloseTo(0.174816, 6);
  });

  test('is wider when the successes sit with a few viewers', () => {
    const spread = ratioOf(sumsOf(Array.from({ length: 100 }, () => ({ n: 20, x: 2 })).map((v, i) => ({ ...v, x: i % 2 ? 1 : 3 }))))!;
    const clustered = ratioOf(sumsOf(Array.from({ length: 100 }, (_, i) => ({ n: 20, x: i < 10 ? 20 : 0 }))))!;
    expect(clustered.value).toBeCloseTo(spread.value, 12);
    expect(clustered.high - clustered.low).toBeGreaterThan(3 * (spread.high - spread.low));
  });

  test('stays inside 0 and 1 and is honest where little is known', () => {
    expect(ratioOf(sumsOf([]))).toBeUndefined();
    const one = ratioOf(sumsOf([{ n: 500, x: 250 }]))!;
    expect(one.high - one.low).toBeGreaterThan(0.6);
    const none = ratioOf(sumsOf(Array.from({ length: 10 }, () => ({ n: 50, x: 0 }))))!;
    expect(none.value).toBe(0);
    expect(none.low).toBe(0);
    expect(none.high).toBeGreaterThan(0.2);
    const all = ratioOf(
      sumsOf([
        { n: 3, x: 3 },
        { n: 4, x: 4 },
      ]),
    )!;
    expect([all.value, all.high]).toEqual([1, 1]);
  });

  test('covers the truth in about 95 of 100 simulated sites whose viewers differ', () => {
    const random = seeded(3),
      runs = 600;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const viewers = Array.from({ length: 150 }, () => {
        const p = random() < 0.2 ? 0.4 : 0.025,
          n = 10 + Math.floor(random() * 40);
        return { n, x: Array.from({ length: n }, () => Number(random() < p)).reduce((a, b) => a + b, 0) };
      });
      const { low, high } = ratioOf(sumsOf(viewers))!;
      if (low <= 0.1 && 0.1 <= high) covered++;
    }
    expect(covered / runs).toBeGreaterThan(0.92);
    expect(covered / runs).toBeLessThan(0.98);
  });
});
