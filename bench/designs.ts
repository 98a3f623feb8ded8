import { GrowthBookClient } from '@growthbook/growthbook';
import type { Attributes } from '../plugins/experiments/assignment/attributes.ts';
import type { UnitFacts } from '../plugins/experiments/assignment/facts.ts';
import { defaultSettings, type Experiment, type Targeting } from '../plugins/experiments/model.ts';

interface Design {
  readonly weights: readonly number[];
  readonly coverage?: number;
  readonly range?: readonly [number, number];
  readonly targeting?: Targeting;
}

/** Ten that use everything that assignment knows. */
const designs: readonly Design[] = [
  { weights: [0.5, 0.5] },
  { weights: [0.34, 0.33, 0.33] },
  { weights: [0.9, 0.1], coverage: 0.2 },
  { weights: [0.5, 0.5], range: [0, 0.5] },
  { weights: [0.2, 0.8], range: [0.5, 1], coverage: 0.6 },
  { weights: [0.5, 0.5], targeting: { ratings: { $gte: 20 } } },
  { weights: [0.5, 0.5], targeting: { signUpDate: { $lt: '2026-04-01' }, signedIn: true } },
  { weights: [0.25, 0.25, 0.25, 0.25], targeting: { favouriteGenres: { $in: ['Drama', 'Comedy'] } } },
  { weights: [0.5, 0.5], targeting: { $or: [{ ratings: { $lt: 5 } }, { daysSinceSignUp: { $lte: 30 } }] } },
  { weights: [0.6, 0.4], range: [0.25, 0.75], coverage: 0.5, targeting: { $not: { favouriteGenres: { $all: ['Horror'] } } } },
];

/** The ten as running experiments. */
export const running: readonly Experiment[] = designs.map(({ weights, coverage = 1, range, targeting = {} }, i) => ({
  id: i + 1,
  name: `Test ${i}`,
  hypothesis: '',
  kind: 'ab',
  status: 'running',
  phase: 1,
  phaseStartedAt: null,
  seed: `8d3f0c1a-seed-${i}`,
  layer: range ? 1 : null,
  layerKey: range ? 'home' : null,
  start: range?.[0] ?? 0,
  end: range?.[1] ?? 1,
  coverage,
  targeting,
  includeStaff: false,
  includeSimulated: false,
  startsAt: null,
  endsAt: null,
  ramp: [],
  rampStep: 0,
  rampSince: null,
  engine: 'fixed',
  alpha: 0.05,
  settings: defaultSettings,
  correction: 'none',
  cuped: false,
  metric: 'ctr',
  secondary: [],
  guardrails: [],
  minDays: 3,
  plannedUnits: null,
  mde: null,
  startedAt: null,
  stoppedAt: null,
  decision: null,
  decidedArm: null,
  reason: '',
  version: 1,
  createdAt: new Date(0),
  arms: weights.map((weight, arm) => ({
    key: armKey(arm),
    name: armKey(arm),
    share: weight * 100,
    allocation: null,
    blend: null,
    blendVersion: null,
    overrides: {},
  })),
}));
function armKey(arm: number): string {
  return arm === 0 ? 'control' : String.fromCharCode(97 + arm);
}

const genres = ['Drama', 'Comedy', 'Horror', 'Western'];
/** Somebody whose tastes and age follow from the number. */
export const attributesOf = (unit: number): Attributes => ({
  signUpDate: `2026-0${1 + (unit % 6)}-1${unit % 10}`,
  daysSinceSignUp: (unit * 7) % 120,
  signedIn: unit % 3 > 0,
  ratings: (unit * 13) % 60,
  favouriteGenres: genres.filter((_, i) => (unit >> i) % 2 === 0).slice(0, 3),
  country: '',
  staff: false,
  simulated: false,
});
export const factsOf = (unit: number): UnitFacts => ({
  staff: false,
  simulated: false,
  signedIn: unit % 3 > 0,
  since: new Date('2026-01-01T00:00:00Z'),
  forced: [],
  country: null,
  placed: [],
});

/** The same ten, decided by GrowthBook's own SDK. @returns which arms a unit is in, by experiment */
export function withGrowthBook(): (unit: number, attributes: Attributes) => Map<number, string> {
  const client = new GrowthBookClient({});
  const experiments = running.map(({ id, seed, coverage, layerKey, start, end, targeting, arms }) => ({
    id,
    key: `test-${id}`,
    variations: arms.map(({ key }) => key) as [string, string, ...string[]],
    weights: arms.map(({ share }) => share / 100),
    coverage,
    seed,
    hashVersion: 2,
    hashAttribute: 'id',
    ...(layerKey !== null && { namespace: [layerKey, start, end] as [string, number, number] }),
    condition: targeting as NonNullable<Parameters<GrowthBookClient['runInlineExperiment']>[0]['condition']>,
  }));
  return (unit, attributes) => {
    const found = new Map<number, string>(),
      user = { attributes: { ...attributes, id: String(unit) } };
    for (const { id, ...experiment } of experiments) {
      const { inExperiment, value } = client.runInlineExperiment(experiment, user);
      if (inExperiment) found.set(id, value);
    }
    return found;
  };
}
