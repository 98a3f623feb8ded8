import { doublyRobust, effectiveSample, expectedLift, ips, snips, type Logged } from '../../plugins/experiments/statistics/offline/off-policy.ts';
import { refusal } from '../../plugins/experiments/statistics/offline/refusal.ts';
import { describeWith } from '../shared-data.ts';

interface Data {
  reward: number[];
  action: number[];
  pscore: number[];
  target_policy: number[][];
  q_hat: number[][];
}
type Recorded = Record<'ips' | 'snips' | 'dr', { value: number; se_round_rewards: number }> & { effective_sample_size: number };
interface Vectors {
  tiny: Data & { outputs: { weights: number[]; ips: number; snips: number; dr: number } };
  cases: (Data & { n: number; outputs: Recorded })[];
}
const logOf = ({ reward, action, pscore, target_policy: policy, q_hat: q }: Data): Logged[] =>
  reward.map((each, i) => ({
    reward: each,
    weight: policy[i]![action[i]!]! / pscore[i]!,
    predicted: q[i]![action[i]!]!,
    expected: policy[i]!.reduce((sum, chance, k) => sum + chance * q[i]![k]!, 0),
  }));

// IPS, SNIPS and DR are offered; clipped, switched, shrunk and sub-Gaussian weights trade bias for variance by a setting that nobody
// would know how to choose.
describeWith<Vectors>('vectors/off_policy_evaluation.json', ({ tiny, cases }) => {
  test('four decisions by hand', () => {
    const log = logOf(tiny);
    log.forEach(({ weight }, i) => expect(weight).toBeCloseTo(tiny.outputs.weights[i]!, 12));
    expect(ips(log).value).toBeCloseTo(tiny.outputs.ips, 12);
    expect(snips(log).value).toBeCloseTo(tiny.outputs.snips, 12);
    expect(doublyRobust(log).value).toBeCloseTo(tiny.outputs.dr, 12);
  });
  test.each(cases)('$n decisions', (data) => {
    const log = logOf(data),
      { outputs } = data;
    expect(ips(log).value).toBeCloseTo(outputs.ips.value, 10);
    expect(ips(log).standardError).toBeCloseTo(outputs.ips.se_round_rewards, 10);
    expect(doublyRobust(log).value).toBeCloseTo(outputs.dr.value, 10);
    expect(doublyRobust(log).standardError).toBeCloseTo(outputs.dr.se_round_rewards, 10);
    expect(snips(log).value).toBeCloseTo(outputs.snips.value, 10);
    // The reference takes the spread of w r / w̄ for SNIPS, which leaves out that w̄ varies with it; ours is the ratio's.
    expect(snips(log).standardError).toBeLessThan(outputs.snips.se_round_rewards);
    expect(effectiveSample(log)).toBeCloseTo(outputs.effective_sample_size, 8);
  });
});

const flat = (n: number, weight: (i: number) => number): Logged[] =>
  Array.from({ length: n }, (_, i) => ({ weight: weight(i), reward: i % 3 ? 0 : 1 }));

test('the policy that served is worth what it got, without any lift', () => {
  const log = flat(900, () => 1);
  expect(ips(log).value).toBeCloseTo(1 / 3, 12);
  expect(snips(log)).toEqual(ips(log));
  expect(expectedLift(log)).toEqual({ value: 0, standardError: 0, interval: [0, 0], by: 'ips' });
});

test('logs that cannot tell are refused, with the reason', () => {
  expect(refusal(flat(900, () => 1))).toBeUndefined();
  expect(refusal(flat(900, (i) => (i % 2 ? 1.5 : 0.5)))).toBeUndefined();
  expect(refusal(flat(50, () => 1))).toMatchObject({ kind: 'too-few', effective: 50, needed: 100 });
  expect(refusal([])).toMatchObject({ kind: 'too-few' });
  expect(refusal(flat(20_000, (i) => (i < 20 ? 1_000 : 0)))).toMatchObject({ kind: 'too-different', decisions: 20_000 });
  expect(refusal(flat(900, () => 2))).toEqual({ kind: 'wrong-propensities', averageWeight: 2 });
  // Twenty viewers with fifty decisions each, all of one viewer weighing alike: an average of 1.3 is chance then.
  const weights = (i: number): number => (Math.floor(i / 50) % 20 < 13 ? 2 : 0);
  expect(refusal(flat(1_000, weights))).toMatchObject({ kind: 'wrong-propensities' });
  expect(refusal(flat(1_000, weights).map((decision, i) => ({ ...decision, viewer: Math.floor(i / 50) })))).toBeUndefined();
});
