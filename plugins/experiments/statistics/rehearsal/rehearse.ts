import { seeded, type Random } from '../../../../math/random.ts';
import { normalPoint } from '../distributions.ts';
import { effectOf, stratifiedEffect, type EffectMoments } from '../effect.ts';
import { judge } from '../engines/compare.ts';
import { fieller } from '../engines/fieller.ts';
import { groupBounds } from '../engines/group-sequential.ts';
import type { Engine } from '../engines/engine.ts';
import { estimate } from '../estimate.ts';
import type { SumMoments } from '../moments.ts';
import { wilson } from '../wilson.ts';
import { allOf, DrawnArm, type PastUnits } from './units.ts';
import { waysOf, type Way, type WayId, type WaySettings } from './ways.ts';

/** A test that is rehearsed before it is real. */
export interface RehearsedTest extends WaySettings {
  /** units at the end, of the control and of the arm */
  readonly units: readonly [control: number, arm: number];
  /** share of the metric's value that the arm has more of when it differs, or, below 0, less */
  readonly effect: number;
  /** effects are told relative to the control */
  readonly relative: boolean;
  readonly alpha: number;
  /** units that each arm needs before anything is said */
  readonly minimum: number;
}
/** A share of the runs, with Wilson's 95 % interval. */
export interface Rate {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}
export interface Rehearsed {
  readonly id: WayId;
  /** runs with equal arms in which a difference was seen */
  readonly falseAlarms: Rate;
  /** runs with the effect in which a difference was seen */
  readonly found: Rate;
}

/**
 * Runs the test many times over with arms of past units: with nothing to find (A/A), and, from the same draws, with the effect in the arm.
 * Each way to look stops at its first interval without 0.
 * @returns a generator that yields the share of the work that is done after each look, so that it can be done in slices
 * @throws RangeError where a share would grow beyond 1, or anything become less than nothing
 */
export function* rehearse(units: PastUnits, test: RehearsedTest, runs: number, seed: number): Generator<number, readonly Rehearsed[]> {
  const random = seeded(seed),
    turn = turnFor(units, test.effect),
    ways = waysOf(test);
  const seen = ways.map(() => ({ alarms: 0, found: 0 }));
  for (let run = 0; run < runs; run++) {
    const stopped = yield* once({ units, test, turn, ways, random }, (part) => (run + part) / runs);
    for (const [way, { alarm, found }] of stopped.entries()) {
      seen[way]!.alarms += Number(alarm);
      seen[way]!.found += Number(found);
    }
  }
  return ways.map(({ id }, way) => ({ id, falseAlarms: rate(seen[way]!.alarms, runs), found: rate(seen[way]!.found, runs) }));
}

interface Run {
  readonly units: PastUnits;
  readonly test: RehearsedTest;
  readonly turn: number;
  readonly ways: readonly Way[];
  readonly random: Random;
}
interface Stopped {
  alarm: boolean;
  found: boolean;
}

/** One run: both arms grow from look to look. */
function* once({ units, test, turn, ways, random }: Run, done: (part: number) => number): Generator<number, readonly Stopped[]> {
  const stopped = ways.map((): Stopped => ({ alarm: false, found: false })),
    control = new DrawnArm(units, 0),
    arm = new DrawnArm(units, turn),
    least = Math.max(2, test.minimum);
  for (const look of looksOf(ways)) {
    control.growTo(Math.round(look * test.units[0]), random);
    arm.growTo(Math.round(look * test.units[1]), random);
    yield done(look);
    if (control.n < least || arm.n < least) continue;
    const base = control.moments(0),
      equal = between(base, arm.moments(0), test.relative),
      better = between(base, arm.moments(test.effect), test.relative);
    for (const [i, way] of ways.entries()) {
      const at = way.looks.indexOf(look);
      if (at < 0) continue;
      stopped[i]!.alarm ||= says(way.engine(at), equal, test.alpha);
      stopped[i]!.found ||= says(way.engine(at), better, test.alpha);
    }
  }
  return stopped;
}

/** The looks of all ways, in their order. Equal shares are equal numbers: quotients are rounded the same way. */
const looksOf = (ways: readonly Way[]): number[] => [...new Set(ways.flatMap(({ looks }) => looks))].sort((a, b) => a - b);

/** Whether the engine's interval excludes 0. */
function says(engine: Engine, effect: EffectMoments | undefined, alpha: number): boolean {
  if (!effect) return false;
  // No interval but one that a prior moved is narrower than the normal distribution's; most runs need no closer look.
  const { contrast } = effect,
    careful = 'careful' in engine && contrast !== undefined;
  const z = careful ? Math.abs(contrast.change) / Math.sqrt(contrast.error[0]) : Math.abs(effect.effect) / effect.standardError;
  if (z <= normalPoint(1 - alpha / 2) && !(engine.kind === 'bayes' && engine.prior)) return false;
  // The bound alone: the p-value that `judge` adds takes the bounds of many other α.
  if (engine.kind === 'group-sequential') {
    const bound = groupBounds(engine, alpha, 'both').at(-1)!;
    return z > bound && (!careful || fieller(contrast, bound).every(Number.isFinite));
  }
  const [low, high] = judge(engine, effect, { relative: effect.relative, alpha }).interval;
  return low > 0 || high < 0;
}

const rate = (hits: number, runs: number): Rate => {
  const [low, high] = wilson(hits, runs);
  return { share: hits / runs, low, high };
};

/** As results are made: with strata, both arms are brought to one mix of them; with a past, CUPED is used. */
function between(control: readonly SumMoments[], arm: readonly SumMoments[], relative: boolean): EffectMoments | undefined {
  if (control.length === 1) return effectOf(control[0]!, arm[0]!, relative);
  const there = control.flatMap((one, i) => (one.n + arm[i]!.n > 0 ? [{ control: one, arm: arm[i]! }] : []));
  return stratifiedEffect(there, relative);
}

/** The chance to turn a yes-or-no unit, so that a share p becomes p (1 + effect): p · effect / (1 − p) of those who do not do it, or −effect of those who do. */
function turnFor(units: PastUnits, effect: number): number {
  if (effect <= -1) throw new RangeError(`nothing can become less by ${-effect}`);
  if (units.kind !== 'proportion') return 0;
  if (effect <= 0) return effect;
  const { value: share } = estimate(allOf(units));
  if (share * (1 + effect) > 1) throw new RangeError(`a share of ${share} cannot grow by ${effect}`);
  return share === 1 ? 0 : (share * effect) / (1 - share);
}
