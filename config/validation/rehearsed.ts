import { normal, seeded } from '../../math/random.ts';
import type { Engine } from '../../plugins/experiments/statistics/engines/engine.ts';
import { estimate } from '../../plugins/experiments/statistics/estimate.ts';
import { power } from '../../plugins/experiments/statistics/planning/power.ts';
import { rehearse, type Rehearsed } from '../../plugins/experiments/statistics/rehearsal/rehearse.ts';
import { allOf, type PastUnits } from '../../plugins/experiments/statistics/rehearsal/units.ts';
import type { WayId } from '../../plugins/experiments/statistics/rehearsal/ways.ts';
import { share, type Finding, type Simulation } from './finding.ts';

const PAST = 4_000,
  UNITS = 2_000,
  LOOKS = 4,
  EFFECT = 0.06;
const numbers = (of: (i: number) => number): Float64Array => Float64Array.from({ length: PAST }, (_, i) => of(i));

/** Viewers of the past: how many do it, how often, and of how much; and a past that explains a good half of what differs. */
function planted(): Readonly<Record<'share' | 'mean' | 'ratio' | 'mean with a past', PastUnits>> {
  const random = seeded(11),
    none = new Float64Array();
  const [before, films] = [numbers(() => 8 + 3 * normal(random)), numbers(() => 10 * (1 + Math.floor(random() * 6)))];
  const now = numbers((i) => before[i]! + 2 * normal(random) + 2 * (i % 2));
  return {
    share: { kind: 'proportion', m: numbers((i) => Number(i % 4 === 0)), d: none },
    mean: { kind: 'mean', m: numbers(() => Math.floor(-3 * Math.log(1 - random()))), d: none },
    ratio: { kind: 'ratio', m: numbers((i) => Math.floor((films[i]! / 5) * random())), d: films },
    'mean with a past': {
      kind: 'mean',
      m: now,
      d: none,
      before: { a: before, b: none, stratum: Uint16Array.from(now, (_, i) => i % 2), strata: 2 },
    },
  };
}

const test = { units: [UNITS, UNITS], relative: true, alpha: 0.05, tuning: 5_000, looks: LOOKS, prior: null, minimum: 100 } as const;

function rehearsed(past: PastUnits, effect: number, runs: number, seed: number): ReadonlyMap<WayId, Rehearsed> {
  const work = rehearse(past, { ...test, effect }, runs, seed);
  let step = work.next();
  while (!step.done) step = work.next();
  return new Map(step.value.map((way) => [way.id, way]));
}

/** "Prove it to me" tells of viewers' own data what simulations tell of made-up ones. */
export const rehearsals: Simulation = {
  title: `Rehearsals on ${PAST.toLocaleString('en')} planted viewers, ${UNITS.toLocaleString('en')} drawn for an arm, a change of ${EFFECT * 100} %`,
  runs: { few: 150, many: 5_000 },
  run: (runs, random) =>
    Object.entries(planted()).flatMap(([name, past]): Finding[] => {
      const found = rehearsed(past, EFFECT, runs, Math.floor(random() * 2 ** 31)),
        alarms = (id: WayId, low: number, high: number) =>
          share(`${name}: false alarms, ${id}`, Math.round(found.get(id)!.falseAlarms.share * runs), runs, low, high);
      return [
        alarms('fixed', 0.04, 0.06),
        alarms('group-sequential', 0.035, 0.06),
        alarms('sequential', 0, 0.05),
        alarms('fixed-peeking', 0.18, 0.3),
        alarms('bayes-peeking', 0.18, 0.3),
        ...(past.before ? [] : [planning(name, past, found.get('fixed')!, runs)]),
      ];
    }),
};

/** What planning says of the same units; with a past it says less than is found, since it does not know it. */
function planning(name: string, past: PastUnits, { found }: Rehearsed, runs: number): Finding {
  const { value: mean, variance } = estimate(allOf(past)),
    engine: Engine = { kind: 'fixed' };
  const planned = power({ engine, mean, variance, shares: [0.5, 0.5], relative: true }, 2 * UNITS, EFFECT);
  return share(
    `${name}: the change is found, fixed (planned ${planned.toFixed(3)})`,
    Math.round(found.share * runs),
    runs,
    planned - 0.04,
    planned + 0.04,
  );
}
