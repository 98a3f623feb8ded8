import { seeded } from '../../math/random.ts';
import { judge } from '../../plugins/experiments/statistics/engines/compare.ts';
import { pairedDifference, pairedLogRatio } from '../../plugins/experiments/statistics/interleaving/paired.ts';
import { creditSums, creditTest, preference, winsOf } from '../../plugins/experiments/statistics/interleaving/preference.ts';
import { credit, teamDraft } from '../../plugins/experiments/statistics/interleaving/team-draft.ts';
import { describeWith } from '../shared-data.ts';

interface Vectors {
  team_draft_allowed: { lists: number[][]; k: number; allowed: number[][] }[];
  team_draft_scoring: { ranking: number[]; teams: Record<string, number[]>; cases: [clicks: number[], result: string][] }[];
  significance_reference_scipy: {
    winsA: number;
    winsB: number;
    ties: number;
    delta_AB: number;
    sign_test_p_two_sided: number;
    z: number;
    p_normal: number;
    wilson95_share_A: [number, number];
  }[];
}

// Balanced, optimised and probabilistic interleaving and pairwise preferences are not offered: team draft is the one whose credit can be
// explained in a sentence, and which works with paging.
describeWith<Vectors>(
  'vectors/interleaving.json',
  ({ team_draft_allowed: drafts, team_draft_scoring: scoring, significance_reference_scipy: tests }) => {
    test.each(drafts)('draft of $lists, $k films', ({ lists, k, allowed }) => {
      const random = seeded(k);
      const found = new Set(Array.from({ length: 300 }, () => JSON.stringify(teamDraft(lists, k, random).films)));
      expect([...found].sort()).toEqual(allowed.map((list) => JSON.stringify(list)).sort());
    });
    test.each(scoring)('credit in $ranking', ({ ranking, teams, cases }) => {
      const of = ranking.map((film) => Number(Object.keys(teams).find((team) => teams[team]!.includes(film))));
      for (const [clicks, result] of cases) {
        const [a, b] = credit(of, clicks) as [number, number];
        expect(a > b ? '0>1' : b > a ? '1>0' : 'tie').toBe(result);
      }
    });
    test.each(tests)('$winsA wins, $winsB losses, $ties ties', ({ winsA: a, winsB: b, ties, ...expected }) => {
      const found = preference({ a, b, ties });
      expect(found.delta).toBeCloseTo(expected.delta_AB, 12);
      expect(found.pValue).toBeCloseTo(expected.sign_test_p_two_sided, 10);
      expect(found.z).toBeCloseTo(expected.z, 12);
      expect(found.normalP).toBeCloseTo(expected.p_normal, 12);
      found.interval.forEach((end, i) => expect(end).toBeCloseTo(expected.wilson95_share_A[i]!, 10));
    });
  },
);

test('each team gets every other film, no film twice, and the same seed gives the same list', () => {
  const lists = [0, 1].map((shift) => Array.from({ length: 50 }, (_, i) => (i * 7 + shift * 3) % 60));
  const drafted = teamDraft(lists, 40, seeded(3));
  expect(new Set(drafted.films).size).toBe(40);
  for (let i = 0; i < 40; i += 2) expect(drafted.teams[i]).not.toBe(drafted.teams[i + 1]);
  expect(teamDraft(lists, 40, seeded(3))).toEqual(drafted);
  expect(teamDraft(lists, 20, seeded(3)).films).toEqual(drafted.films.slice(0, 20));
});

test('one win a viewer, and no viewer counts more by clicking more', () => {
  expect(
    winsOf([
      [100, 1],
      [0, 1],
      [2, 2],
      [0, 0],
    ]),
  ).toEqual({ a: 1, b: 1, ties: 2 });
  expect(
    creditSums([
      [100, 0],
      [0, 1],
      [0, 0],
    ]),
  ).toEqual({ n: 3, sum: 0, squares: 2 });
  expect(creditTest(creditSums([[1, 0]]))).toBeUndefined();
  const found = creditTest(creditSums(Array.from({ length: 40 }, (_, i) => (i % 4 ? [1, 0] : [0, 1]))))!;
  expect(found.mean).toBeCloseTo(0.5, 12);
  expect(found.pValue < 0.05).toBe(found.interval[0] > 0);
  expect(preference({ a: 0, b: 0, ties: 5 })).toMatchObject({ delta: 0, pValue: 1, share: NaN });
});

describe('paired by viewer', () => {
  const sumsOf = (viewers: readonly (readonly [a: number, b: number])[]) => {
    const sum = (of: (a: number, b: number) => number): number => viewers.reduce((all, [a, b]) => all + of(a, b), 0);
    return { n: viewers.length, a: sum((a) => a), b: sum((_, b) => b), aa: sum((a) => a * a), ab: sum((a, b) => a * b), bb: sum((_, b) => b * b) };
  };

  test('a lift and a difference that can be followed by hand', () => {
    // Differences 1, 1, −1, 1: mean 0.5, variance 1.
    const sums = sumsOf([
      [2, 1],
      [1, 0],
      [0, 1],
      [3, 2],
    ]);
    expect(pairedDifference(sums)).toMatchObject({ effect: 0.5, standardError: 0.5, degreesOfFreedom: 3 });
    const lift = pairedLogRatio(sums)!;
    expect(lift.effect).toBeCloseTo(Math.log(6.5 / 4.5), 12);
    // Squares and products about their means: a 14 − 9 = 5, b 6 − 4 = 2, together 8 − 6 = 2; half an act more for either.
    expect(lift.standardError ** 2).toBeCloseTo((4 / 3) * (5.5 / 6.5 ** 2 + 2.5 / 4.5 ** 2 - (2 * 2) / (6.5 * 4.5)), 12);
  });

  test('one arm without any act at all is still compared', () => {
    const { effect, standardError } = pairedLogRatio(
      sumsOf([...Array.from({ length: 60 }, () => [0, 1] as const), ...Array.from({ length: 40 }, () => [0, 0] as const)]),
    )!;
    expect(effect).toBeCloseTo(Math.log(0.5 / 60.5), 12);
    expect(effect + 2 * standardError).toBeLessThan(Math.log(0.5));
  });

  test('says nothing without viewers, without variation, or where nobody did anything', () => {
    expect(pairedLogRatio(sumsOf([[1, 1]]))).toBeUndefined();
    expect(
      pairedDifference(
        sumsOf([
          [1, 1],
          [1, 1],
        ]),
      ),
    ).toBeUndefined();
    expect(
      pairedLogRatio(
        sumsOf([
          [0, 0],
          [0, 0],
        ]),
      ),
    ).toBeUndefined();
  });

  test('the interval covers the truth in about 95 of 100 runs, though what viewers do goes together', () => {
    const random = seeded(20),
      runs = 600;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const viewers = Array.from({ length: 300 }, () => {
        const keen = random() ** 2 * 6,
          acts = (mean: number) => Array.from({ length: 12 }, () => Number(random() < mean / 12)).reduce((sum, one) => sum + one, 0);
        return [acts(keen * 1.2), acts(keen)] as const;
      });
      const [low, high] = judge({ kind: 'fixed' }, pairedLogRatio(sumsOf(viewers))!, { relative: false }).interval;
      if (low <= Math.log(1.2) && high >= Math.log(1.2)) covered++;
    }
    expect(covered / runs).toBeGreaterThan(0.92);
    expect(covered / runs).toBeLessThan(0.98);
  });
});
