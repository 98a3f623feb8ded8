import fc from '../harness/properties.ts';
import type { Lift } from '../../plugins/experiments/results/effects.ts';
import type { MetricArm, MetricResult } from '../../plugins/experiments/results/metrics.ts';
import { verdictOf, type VerdictInput } from '../../plugins/experiments/results/verdict.ts';
import { change, percent } from '../../plugins/experiments/results/words.ts';

const lift = (low: number, high: number): Lift => ({
  effect: (low + high) / 2,
  low,
  high,
  pValue: low > 0 || high < 0 ? 0.01 : 0.5,
  chanceToWin: null,
  risk: null,
});
const says = ({ low, high }: Lift, better: 'up' | 'down'): MetricArm['says'] =>
  low > 0 || high < 0 ? (low > 0 === (better === 'up') ? 'better' : 'worse') : 'open';

const ctr = {
  id: 'ctr',
  title: 'Click rate',
  noun: 'clicks per film shown',
  kind: 'ratio',
  better: 'up',
  scale: 'relative',
  unit: 'share',
  minimum: 100,
  role: 'primary',
  margin: null,
} as const;
/** The result of a metric in arms b, c … */
function metric(lifts: readonly (Lift | null)[], over: Partial<MetricResult> = {}, units = 400): MetricResult {
  const of = { ...ctr, ...over };
  const arms = [null, ...lifts].map((one, i): MetricArm => ({
    key: i === 0 ? 'control' : 'bcd'[i - 1]!,
    units,
    value: 0.1,
    relative: one,
    absolute: one,
    deciding: one,
    always: { relative: one, absolute: one },
    says: one ? says(one, of.better) : 'open',
  }));
  return { ...of, arms };
}
const guardrail = (lifts: readonly (Lift | null)[], margin = 0.02, better: 'up' | 'down' = 'up') =>
  metric(lifts, { id: 'stars', title: 'Stars', role: 'guardrail', margin, better });
const input = (parts: Partial<VerdictInput>): VerdictInput => ({
  arms: [
    { key: 'control', name: 'House' },
    { key: 'b', name: 'Personal' },
    { key: 'c', name: 'Popular' },
  ].slice(0, parts.primary?.arms.length ?? 2),
  control: 'control',
  primary: metric([lift(0.1, 0.3)]),
  guardrails: [],
  days: 7,
  minDays: 3,
  viewers: 800,
  alarm: undefined,
  firstLookAt: undefined,
  over: false,
  daysLeft: null,
  due: true,
  confidence: '95',
  ...parts,
});
const verdict = (over: Partial<VerdictInput>) => verdictOf(input(over));

describe('the verdict', () => {
  test('ships what is better', () => {
    expect(verdict({})).toEqual({
      kind: 'good',
      action: 'ship',
      arm: 'b',
      days: null,
      title: 'Ship “Personal”',
      text: '“Personal” has 20.0 % more clicks per film shown than “House” (95 % interval +10.0 % to +30.0 %).',
    });
  });

  test('keeps the control where everything is worse', () => {
    expect(verdict({ primary: metric([lift(-0.3, -0.1)]) })).toMatchObject({
      kind: 'bad',
      action: 'keep',
      title: 'Keep “House”',
      text: '“Personal” has 20.0 % fewer clicks per film shown than “House” (95 % interval −30.0 % to −10.0 %).',
    });
  });

  test('of a metric that should fall, less is better', () => {
    const pages = { noun: 'milliseconds a page', better: 'down', scale: 'absolute', unit: 'milliseconds' } as const;
    expect(verdict({ primary: metric([lift(-30, -10)], pages) })).toMatchObject({
      title: 'Ship “Personal”',
      text: expect.stringContaining('20.0 ms fewer milliseconds'),
    });
    expect(verdict({ primary: metric([lift(10, 30)], pages) })).toMatchObject({ action: 'keep' });
  });

  test('claims nothing where the interval contains zero, bounds included, and says how long it may take', () => {
    for (const one of [lift(-0.1, 0.3), lift(0, 0.3), lift(-0.3, 0)]) {
      const { kind, title, text } = verdict({ primary: metric([one]), daysLeft: 9 });
      expect([kind, title]).toEqual(['open', 'No arm is better than “House” yet']);
      expect(text).toMatch(/contains zero. Keep it running, about 9 more days\.$/);
      expect(text).not.toMatch(/more clicks|fewer clicks/);
    }
    expect(verdict({ primary: metric([lift(-0.1, 0.1)]), daysLeft: 0 }).text).toMatch(/All planned viewers are in/);
    // Of what is over, nobody is told to wait.
    const ended = verdict({ primary: metric([lift(-0.1, 0.3)]), daysLeft: 9, over: true });
    expect(ended).toMatchObject({ title: 'No arm is better than “House” for sure', days: null });
    expect(ended.text).toMatch(/contains zero\.$/);
    expect(verdict({ primary: metric([lift(0.1, 0.3)]), days: 1, over: true }).text).toMatch(/^It was to run for at least 3 days\. /);
  });

  test('of several arms the best one is shipped, and keeping needs all of them worse', () => {
    expect(verdict({ primary: metric([lift(0.05, 0.15), lift(0.1, 0.3)]) })).toMatchObject({
      title: 'Ship “Popular”',
      arm: 'c',
      text: expect.stringMatching(/“Personal” has.*“Popular” has/),
    });
    for (const other of [lift(-0.1, 0.3), null]) expect(verdict({ primary: metric([lift(-0.3, -0.1), other]) }).kind).toBe('open');
  });

  test('an arm that breaks a guardrail is not shipped, whatever it wins', () => {
    const harmed = verdict({ guardrails: [guardrail([lift(-0.09, -0.03)])] });
    expect(harmed).toMatchObject({
      kind: 'bad',
      action: 'keep',
      text: expect.stringContaining('“Personal” makes “Stars” worse by more than is allowed.'),
    });
    expect(harmed.title).toMatch(/^Stop/);
    expect(
      verdict({ primary: metric([lift(0.1, 0.2), lift(0.05, 0.1)]), guardrails: [guardrail([lift(-0.09, -0.03), lift(-0.01, 0.01)])] }),
    ).toMatchObject({
      arm: 'c',
      text: expect.stringContaining('“Personal” breaks the guardrail “Stars”'),
    });
    expect(verdict({ guardrails: [guardrail([lift(0.03, 0.09)], 0.02, 'down')] }).action).toBe('keep');
  });

  test('a guardrail that cannot be told is named', () => {
    expect(verdict({ guardrails: [guardrail([lift(-0.05, 0.05)])] })).toMatchObject({
      action: 'ship',
      text: expect.stringContaining('harms “Stars” by more than 2.0 % cannot be told yet'),
    });
    expect(verdict({ guardrails: [guardrail([lift(-0.01, 0.05)])] }).text).not.toContain('Stars');
  });

  test('waits for enough days, units and the first look', () => {
    expect(verdict({ days: 2.9 })).toMatchObject({ kind: 'early', days: 1, text: expect.stringContaining('this is day 3. So far: “Personal” has') });
    expect(verdict({ primary: metric([lift(0.1, 0.3)], {}, 99) })).toMatchObject({ kind: 'open', title: 'Too few viewers to decide' });
    expect(verdict({ primary: metric([null]) })).toMatchObject({ kind: 'open', title: 'Too little to compare' });
    expect(verdict({ firstLookAt: 5000 })).toMatchObject({ action: 'wait', text: expect.stringContaining('due at 5,000') });
  });

  test('before the look that an interval is for, it decides only what an interval that holds at every look decides, too', () => {
    const seen = (once: Lift, always: Lift, over: Partial<VerdictInput> = {}) => {
      const { arms, ...rest } = metric([once]);
      return verdict({
        primary: { ...rest, arms: arms.map((arm) => ({ ...arm, always: { relative: always, absolute: always } })) },
        due: false,
        ...over,
      });
    };
    expect(seen(lift(0.1, 0.3), lift(-0.02, 0.42), { daysLeft: 6 })).toMatchObject({
      kind: 'early',
      action: 'wait',
      days: 6,
      text: expect.stringMatching(/^“Personal” has 20.0 % more .* for one look, when all planned viewers are in.* about 6 more days\.$/),
    });
    expect(seen(lift(-0.3, -0.1), lift(-0.42, 0.02)).kind).toBe('early');
    expect(seen(lift(0.1, 0.3), lift(-0.02, 0.42), { due: true })).toMatchObject({ action: 'ship', arm: 'b' });
    expect(seen(lift(0.1, 0.3), lift(0.05, 0.35))).toMatchObject({ action: 'ship', arm: 'b' });
    expect(seen(lift(-0.3, -0.1), lift(-0.35, -0.05)).action).toBe('keep');
    expect(seen(lift(-0.1, 0.3), lift(-0.2, 0.4)).kind).toBe('open');
  });

  test('a guardrail that breaks before anything can be said of what decides stops it', () => {
    const harmed = verdict({ primary: metric([null]), guardrails: [guardrail([lift(-0.09, -0.03)])], firstLookAt: 5000 });
    expect(harmed).toMatchObject({ kind: 'bad', title: 'Stop: keep “House”', text: '“Personal” makes “Stars” worse by more than is allowed.' });
  });

  test('an alarm, or a metric that nobody counts, is to be mended first', () => {
    expect(verdict({ alarm: 'The split is wrong.' })).toMatchObject({ kind: 'broken', action: 'mend', text: 'The split is wrong.' });
    expect(verdict({ primary: undefined })).toMatchObject({ kind: 'broken', title: 'The deciding metric is missing' });
    expect(verdict({ viewers: 0 }).text).toContain('npm run simulate');
  });

  test('never contradicts an interval, whatever the metric, the arms, the guardrails and the time', () => {
    const interval = fc
      .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: 1e-6, max: 1, noNaN: true }))
      .map(([middle, half]) => lift(middle - half, middle + half));
    const maybe = fc.option(interval, { nil: null, freq: 8 });
    const world = fc.record({
      lifts: fc.tuple(maybe, maybe),
      rails: fc.tuple(maybe, maybe),
      better: fc.constantFrom('up' as const, 'down' as const),
      railBetter: fc.constantFrom('up' as const, 'down' as const),
      days: fc.double({ min: 0, max: 10, noNaN: true }),
      units: fc.integer({ min: 1, max: 500 }),
    });
    fc.assert(
      fc.property(world, ({ lifts, rails, better, railBetter, days, units }) => {
        const good = (one: Lift | null, direction: 'up' | 'down'): boolean => one !== null && (direction === 'up' ? one.low > 0 : one.high < 0);
        const bad = (one: Lift | null, direction: 'up' | 'down', margin = 0): boolean =>
          one !== null && (direction === 'up' ? one.high < -margin : one.low > margin);
        const { action, arm } = verdict({
          primary: metric(lifts, { better }, units),
          guardrails: [guardrail(rails, 0.02, railBetter)],
          days,
          viewers: units * 3,
        });
        const harmful = rails.map((one) => bad(one, railBetter, 0.02));
        if (action === 'ship') {
          const at = 'bc'.indexOf(arm!);
          expect([good(lifts[at]!, better), harmful[at], days >= 3, units >= 100]).toEqual([true, false, true, true]);
        }
        if (action === 'keep') expect(lifts.every((one, i) => bad(one, better) || harmful[i])).toBe(true);
      }),
      { seed: 11, numRuns: 3000 },
    );
  });
});

describe('words', () => {
  test('something small does not read as nothing', () => {
    expect([0, 0.1234, 0.0004, 0.00004, -0.0004].map(percent)).toEqual(['0.0 %', '12.3 %', '0.04 %', '0.004 %', '−0.04 %']);
  });
  test('effects have a sign and their unit', () => {
    expect(change(0.05, { scale: 'relative', unit: 'share' })).toBe('+5.0 %');
    expect(change(-0.123, { scale: 'absolute', unit: 'stars' })).toBe('−0.12 stars');
    expect(change(0.0123, { scale: 'absolute', unit: 'share' })).toBe('+1.23 points');
  });
});
