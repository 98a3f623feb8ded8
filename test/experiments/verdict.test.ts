import type { Lift } from '../../plugins/experiments/results/compare.ts';
import { healthOf } from '../../plugins/experiments/results/health.ts';
import { verdictOf, type VerdictInput } from '../../plugins/experiments/results/verdict.ts';
import { percent } from '../../plugins/experiments/results/words.ts';

const lift = (low: number, high: number): Lift => ({ effect: (low + high) / 2, low, high, pValue: low > 0 || high < 0 ? 0.01 : 0.5 });
const input = (over: Partial<VerdictInput>): VerdictInput => ({
  metric: 'ctr',
  days: 7,
  viewers: 400,
  alarm: undefined,
  control: 'House',
  arms: [{ name: 'Personal', lift: lift(0.1, 0.3) }],
  ...over,
});
const verdict = (over: Partial<VerdictInput>) => verdictOf(input(over));

describe('the verdict', () => {
  test('ships what is better', () => {
    expect(verdict({})).toEqual({
      kind: 'good',
      title: 'Ship “Personal”',
      text: '“Personal” has 20.0 % more clicks per film shown than “House” (95 % interval +10.0 % to +30.0 %).',
    });
  });

  test('keeps the control where everything is worse', () => {
    expect(verdict({ metric: 'conversion', arms: [{ name: 'Personal', lift: lift(-0.3, -0.1) }] })).toEqual({
      kind: 'bad',
      title: 'Keep “House”',
      text: '“Personal” has 20.0 % fewer viewers with a success within 72 hours than “House” (95 % interval −30.0 % to −10.0 %).',
    });
  });

  test('claims nothing where the interval contains zero, bounds included', () => {
    for (const one of [lift(-0.1, 0.3), lift(0, 0.3), lift(-0.3, 0)]) {
      const { kind, title, text } = verdict({ arms: [{ name: 'Personal', lift: one }] });
      expect(kind).toBe('open');
      expect(title).toBe('No arm is better than “House” yet');
      expect(text).toMatch(/contains zero/);
      expect(text).not.toMatch(/more clicks|fewer clicks/);
    }
  });

  test('says the same as the interval for any interval', () => {
    for (let i = -20; i <= 20; i++) {
      const one = lift(i / 50 - 0.13, i / 50 + 0.13),
        { kind } = verdict({ arms: [{ name: 'Personal', lift: one }] });
      expect(kind).toBe(one.low > 0 ? 'good' : one.high < 0 ? 'bad' : 'open');
    }
  });

  test('of several arms the best one is shipped, and keeping needs all of them worse', () => {
    const arms = [
      { name: 'B', lift: lift(0.05, 0.15) },
      { name: 'C', lift: lift(0.1, 0.3) },
    ];
    expect(verdict({ arms })).toMatchObject({ title: 'Ship “C”', text: expect.stringMatching(/“B” has.*“C” has/) });
    expect(
      verdict({
        arms: [
          { name: 'B', lift: lift(-0.3, -0.1) },
          { name: 'C', lift: lift(-0.1, 0.3) },
        ],
      }).kind,
    ).toBe('open');
    expect(
      verdict({
        arms: [
          { name: 'B', lift: lift(-0.3, -0.1) },
          { name: 'C', lift: null },
        ],
      }).kind,
    ).toBe('open');
  });

  test('waits for three days, and for something to compare', () => {
    expect(verdict({ days: 2.9 })).toMatchObject({ kind: 'early', text: expect.stringContaining('this is day 3. So far: “Personal” has') });
    expect(verdict({ arms: [{ name: 'Personal', lift: null }] })).toMatchObject({ kind: 'open', title: 'Too little to compare' });
  });

  test('something small does not read as nothing', () => {
    expect([0, 0.1234, 0.0004, 0.00004, -0.0004].map(percent)).toEqual(['0.0 %', '12.3 %', '0.04 %', '0.004 %', '−0.04 %']);
  });
});

describe('health', () => {
  const arms = (a: number, b: number, simulated = 0) => [
    { name: 'A', share: 50, viewers: a, simulated },
    { name: 'B', share: 50, viewers: b, simulated: 0 },
  ];

  test('the split alarms below one in a thousand', () => {
    expect(healthOf(arms(5100, 4900), 0).split).toMatchObject({ alarm: false, text: expect.stringContaining('as wanted') });
    expect(healthOf(arms(5200, 4800), 0).split).toMatchObject({
      alarm: true,
      text: expect.stringContaining('5,200 in “A” and 4,800 in “B”, where 50 % to 50 %'),
    });
    expect(healthOf(arms(7, 0), 0).split.alarm).toBe(false);
  });

  test('crossed viewers alarm from ten, and from one in a hundred, on', () => {
    expect(healthOf(arms(400, 400), 9).crossed.alarm).toBe(false);
    expect(healthOf(arms(400, 400), 10).crossed.alarm).toBe(true);
    expect(healthOf(arms(4000, 4000), 10).crossed.alarm).toBe(false);
  });

  test('simulated viewers are always mentioned', () => {
    expect(healthOf(arms(10, 10), 0).simulated.text).toBe('No simulated viewers are counted.');
    expect(healthOf(arms(20, 0, 20), 0).simulated.text).toMatch(/^All 20 viewers are simulated/);
  });
});
