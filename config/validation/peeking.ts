import type { Random } from '../../math/random.ts';
import { always } from '../../plugins/experiments/results/engine.ts';
import { compare } from '../../plugins/experiments/statistics/engines/compare.ts';
import type { Comparison, Engine } from '../../plugins/experiments/statistics/engines/engine.ts';
import type { ProportionMoments } from '../../plugins/experiments/statistics/moments.ts';
import type { Design } from '../../plugins/experiments/statistics/planning/design.ts';
import { power } from '../../plugins/experiments/statistics/planning/power.ts';
import { average, repeat, share, successes, type Simulation } from './finding.ts';

const LOOKS = 20;
const UNITS = 10_000;
const BASE = 0.1;
const looks = repeat(LOOKS, (i) => (i + 1) / LOOKS);
/** What is asked at a look, of the engine with the looks up to it, as results are judged: the first looks, with 50 successes an arm, are too small for the delta method. */
const engines: Record<string, (look: number) => Engine> = {
  fixed: () => ({ kind: 'fixed' }),
  'confidence sequence': () => ({ kind: 'confidence-sequence', careful: true }),
  mSPRT: () => ({ kind: 'msprt' }),
  'group sequential': (look) => ({ kind: 'group-sequential', looks: looks.slice(0, look + 1), careful: true }),
  'flat Bayes': () => ({ kind: 'bayes' }),
};
const claims = ({ interval, chanceToWin }: Comparison): boolean =>
  chanceToWin === undefined ? interval[0] > 0 || interval[1] < 0 : chanceToWin > 0.95 || chanceToWin < 0.05;

type Arms = readonly [control: ProportionMoments, arm: ProportionMoments];
/** Two arms as they grew from look to look. */
function course(lift: number, random: Random): Arms[] {
  const sums: [number, number] = [0, 0];
  return looks.map((part) => {
    sums[0] += successes(UNITS / LOOKS, BASE, random);
    sums[1] += successes(UNITS / LOOKS, BASE * (1 + lift), random);
    return sums.map((sum): ProportionMoments => ({ kind: 'proportion', n: UNITS * part, sum })) as unknown as Arms;
  });
}

/** Runs in which a guardrail without any margin would have paused the experiment at some look: the whole interval lies below zero. */
const harmed = (runs: readonly (readonly Arms[])[], engine: Engine): number =>
  runs.filter((arms) => arms.some(([a, b]) => compare(engine, a, b, { relative: true })!.interval[1] < 0)).length;

/** Runs in which the verdict of a test for one look would have been given at an earlier one: both intervals lie beside zero. */
const hasty = (runs: readonly (readonly Arms[])[]): number =>
  runs.filter((arms) =>
    arms.slice(0, -1).some(([a, b]) => [{ kind: 'fixed' } as const, always].every((engine) => claims(compare(engine, a, b, { relative: true })!))),
  ).length;

/** Runs in which an engine claims a difference at any look, and at the last. */
function claimed(runs: readonly (readonly Arms[])[], name: string, relative = false): { any: number; last: number } {
  const said = runs.map((arms) => arms.map(([a, b], look) => claims(compare(engines[name]!(look), a, b, { relative })!)));
  return { any: said.filter((each) => each.includes(true)).length, last: said.filter((each) => each.at(-1)).length };
}

/** Without any difference, and looked at twenty times: false wins stay below 5 % where that is claimed, and are shown where not. */
export const peeking: Simulation = {
  title: 'A/A, 20 looks, 10,000 units an arm, 10 % base rate: runs with a “difference”',
  runs: { few: 200, many: 10_000 },
  run(runs, random) {
    const simulated = repeat(runs, () => course(0, random));
    const any = (name: string, low: number, high: number) => share(`${name}, at any look`, claimed(simulated, name).any, runs, low, high);
    const relative = (name: string, high: number) =>
      share(`${name}, at any look, relative effect`, claimed(simulated, name, true).any, runs, 0, high);
    return [
      share('fixed, at the last look', claimed(simulated, 'fixed').last, runs, 0.045, 0.055),
      any('fixed', 0.22, 0.27),
      any('confidence sequence', 0, 0.05),
      any('mSPRT', 0, 0.05),
      any('group sequential', 0.04, 0.05),
      any('flat Bayes', 0.39, 0.45),
      relative('confidence sequence', 0.05),
      relative('mSPRT', 0.05),
      relative('group sequential', 0.05),
      share('fixed, the verdict before the last look', hasty(simulated), runs, 0, 0.05),
      share('a guardrail pauses it at any look', harmed(simulated, always), runs, 0, 0.025),
      share('a guardrail would, by the interval of one look', harmed(simulated, { kind: 'fixed' }), runs, 0, 1),
    ];
  },
};

const planned = (engine: Engine): Design => ({ engine, mean: BASE, variance: BASE * (1 - BASE), shares: [0.5, 0.5], relative: false });

/** With a difference: it is found as often as the planning says. */
export const finding: Simulation = {
  title: '+5 % on a base rate of 10 %, 20 looks, 10,000 units an arm: runs in which it is found',
  runs: { few: 200, many: 10_000 },
  run(runs, random) {
    const simulated = repeat(runs, () => course(0.05, random));
    const expected = (name: string): number => power(planned(engines[name]!(LOOKS - 1)), 2 * UNITS, 0.05 * BASE);
    const near = (what: string, hits: number, of: number) => share(`${what} (planned ${of.toFixed(3)})`, hits, runs, of - 0.015, of + 0.015);
    return [
      near('fixed, at the last look', claimed(simulated, 'fixed').last, expected('fixed')),
      near('group sequential, at any look', claimed(simulated, 'group sequential').any, expected('group sequential')),
      near('confidence sequence, at the last look', claimed(simulated, 'confidence sequence').last, expected('confidence sequence')),
      share('confidence sequence, at any look', claimed(simulated, 'confidence sequence').any, runs, 0.05, 0.085),
      share('fixed, at the last look, relative effect', claimed(simulated, 'fixed', true).last, runs, 0.17, 0.21),
    ];
  },
};

/** The interval of the fixed test covers the truth as often as it says. */
export const covering: Simulation = {
  title: '+5 % on a base rate of 10 %: intervals that contain the truth',
  runs: { few: 1_000, many: 20_000 },
  run(runs, random) {
    const inside = repeat(runs, () => {
      const [a, b] = [BASE, BASE * 1.05].map((p): ProportionMoments => ({ kind: 'proportion', n: 2_000, sum: successes(2_000, p, random) }));
      const [low, high] = compare({ kind: 'fixed' }, a!, b!, { relative: true })!.interval;
      return Number(low <= 0.05 && 0.05 <= high);
    });
    return [average('relative lift by the delta method', inside, 0.945, 0.955)];
  },
};
