import type { Overrides } from '../../../../recommend/overrides.ts';
import type { Correction, Engine, EngineSettings, Kind, RampStep, Targeting } from '../../model.ts';
import type { ChoicesAnswer, ExperimentAnswer } from '../answer.ts';

export interface ArmValues {
  readonly key: string;
  /** empty: the blend's name */
  readonly name: string;
  readonly share: number;
  /** null: the site's default blend */
  readonly blend: number | null;
  readonly overrides: Overrides;
}
/** What a draft says. A number that is not typed in yet is NaN, which JSON sends as null: the answer names the field. */
export interface DraftValues {
  readonly name: string;
  readonly hypothesis: string;
  readonly kind: Kind;
  readonly arms: readonly ArmValues[];
  readonly layer: number | null;
  readonly start: number;
  readonly end: number;
  readonly coverage: number;
  readonly targeting: Targeting;
  readonly includeStaff: boolean;
  readonly includeSimulated: boolean;
  /** ISO 8601 */
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly ramp: readonly RampStep[];
  readonly metric: string;
  readonly secondary: readonly string[];
  readonly guardrails: readonly { readonly metric: string; readonly margin: number }[];
  readonly engine: Engine;
  readonly alpha: number;
  readonly settings: EngineSettings;
  readonly correction: Correction;
  readonly cuped: boolean;
  readonly minDays: number;
  readonly plannedUnits: number | null;
  readonly mde: number | null;
}
export type Change = (part: Partial<DraftValues>) => void;
export type Errors = Readonly<Record<string, string>>;

/** What each step of the form asks of. */
export interface StepProps {
  readonly values: DraftValues;
  readonly change: Change;
  readonly choices: ChoicesAnswer;
  readonly errors: Errors;
  /** of another phase: name, hypothesis, kind and what decides stay, so nobody is asked for them */
  readonly phase: boolean;
}

/** What viewers get now against the newest other blend, half and half. */
export const startWith = ({ blends, settings }: ChoicesAnswer): DraftValues => ({
  name: '',
  hypothesis: '',
  kind: 'ab',
  arms: [
    { key: 'control', name: '', share: 50, blend: blends[0]?.id ?? null, overrides: {} },
    { key: 'b', name: '', share: 50, blend: blends.at(-1)?.id ?? null, overrides: {} },
  ],
  layer: null,
  start: 0,
  end: 1,
  coverage: 1,
  targeting: {},
  includeStaff: false,
  includeSimulated: false,
  startsAt: null,
  endsAt: null,
  ramp: [],
  metric: 'ctr',
  secondary: [],
  guardrails: [],
  engine: 'fixed',
  alpha: 0.05,
  settings,
  correction: 'none',
  cuped: false,
  minDays: 3,
  plannedUnits: null,
  mde: null,
});

/** What the form takes as it is. */
const kept = [
  ...([
    'name',
    'hypothesis',
    'kind',
    'layer',
    'start',
    'end',
    'targeting',
    'includeStaff',
    'includeSimulated',
    'startsAt',
    'endsAt',
    'ramp',
  ] as const),
  ...(['metric', 'secondary', 'guardrails', 'engine', 'alpha', 'settings', 'correction', 'cuped', 'minDays', 'plannedUnits', 'mde'] as const),
];

/** The design of an experiment for the form: an arm that has its blend's name needs none. */
export function valuesOf({ experiment, blends }: Pick<ExperimentAnswer, 'experiment' | 'blends'>): DraftValues {
  const { ramp } = experiment;
  const same = Object.fromEntries(kept.map((field) => [field, experiment[field]])) as Pick<DraftValues, (typeof kept)[number]>;
  return {
    ...same,
    coverage: ramp.at(-1)?.coverage ?? experiment.coverage,
    arms: experiment.arms.map(({ key, name: own, share, blend, overrides }) => ({
      key,
      share,
      blend,
      overrides,
      name: blends.some((one) => one.name === own) ? '' : own,
    })),
  };
}
