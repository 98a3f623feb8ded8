import { seeded } from '../../math/random.ts';
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
