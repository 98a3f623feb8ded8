import type { BlendSpec } from '../../../recommend/blend-spec.ts';
import type { MetricDefinition } from '../../../recommend/measures.ts';
import type { AttributeType } from '../assignment/attributes.ts';
import type { ExperimentEvent } from '../events.ts';
import type { Decision, EngineSettings, Experiment, Kind, RampStep, Status } from '../model.ts';
import type { Results } from '../results/results.ts';
import type { Verdict } from '../results/verdict.ts';

/** What a Date is after its way through JSON. */
export type Sent<T> = T extends Date
  ? string
  : T extends readonly (infer E)[]
    ? readonly Sent<E>[]
    : T extends object
      ? { readonly [K in keyof T]: Sent<T[K]> }
      : T;

export interface BlendChoice {
  readonly id: number;
  readonly name: string;
  readonly version: number;
  readonly isDefault: boolean;
}

/** One line of GET /admin/data/experiments/experiments */
export interface ExperimentLine {
  readonly id: number;
  readonly name: string;
  readonly kind: Kind;
  readonly status: Status;
  readonly phase: number;
  /** title of the metric that decides */
  readonly metric: string;
  readonly coverage: number;
  /** ISO 8601 */
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly arms: readonly string[];
  readonly days: number | null;
  readonly viewers: number | null;
  readonly verdict: Verdict | null;
  /** nobody but simulated viewers is in it */
  readonly simulated: boolean;
  readonly decision: Decision | null;
  readonly decidedArm: string | null;
}
/** A metric as a form or a table names it. GET /admin/data/experiments/metrics */
export interface MetricChoice extends Pick<MetricDefinition, 'id' | 'title' | 'noun' | 'kind' | 'better' | 'scale' | 'unit'> {
  /** what it can do in an interleaving */
  readonly interleaved: 'decide' | 'guard' | null;
}
export interface Choice {
  readonly id: string;
  readonly title: string;
}
export interface ListAnswer {
  readonly experiments: readonly ExperimentLine[];
  readonly blends: readonly BlendChoice[];
}

export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}
export interface HistoryLine {
  readonly at: string;
  readonly by: string | null;
  readonly action: string;
  /** fields of the experiment as the audit log has them; empty for what made it */
  readonly changes: readonly FieldChange[];
}
export interface ArmView extends Sent<Omit<Experiment['arms'][number], 'overrides'>> {
  readonly overrides: Experiment['arms'][number]['overrides'];
  /** "House blend, version 3, with diversity 0.15 → 0.5" */
  readonly serves: string;
}
/** One phase of an experiment, the latest first. */
export interface PhaseLine {
  readonly phase: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly reason: string;
  readonly design: Readonly<Record<string, unknown>>;
  readonly arms: readonly { readonly key: string; readonly name: string; readonly share: number }[];
}
/** One attempt to tell the webhook of an event. */
export interface DeliveryLine {
  readonly event: number;
  readonly at: string;
  readonly attempt: number;
  readonly url: string;
  readonly status: number | null;
  readonly error: string;
}
/** GET /admin/data/experiments/experiments/:id */
export interface ExperimentAnswer {
  readonly experiment: Sent<Omit<Experiment, 'arms' | 'targeting'>> & {
    readonly targeting: Experiment['targeting'];
    readonly arms: readonly ArmView[];
  };
  /** null for what was not started yet */
  readonly results: Sent<Results> | null;
  readonly history: readonly HistoryLine[];
  /** what happened by itself, the latest first */
  readonly events: readonly Sent<ExperimentEvent>[];
  readonly phases: readonly PhaseLine[];
  readonly deliveries: readonly DeliveryLine[];
  readonly metrics: readonly MetricChoice[];
  readonly segments: readonly Choice[];
  /** why it could not be launched beside what runs now, a sentence each; for drafts */
  readonly conflicts: readonly string[];
  /** whether what single viewers did is still kept */
  readonly singles: boolean;
  readonly blends: readonly BlendChoice[];
  /** null = it runs beside all others */
  readonly layerName: string | null;
}

/** GET /admin/data/experiments/choices */
export interface ChoicesAnswer {
  readonly blends: readonly (BlendChoice & { readonly spec: BlendSpec })[];
  readonly metrics: readonly MetricChoice[];
  readonly layers: readonly { readonly id: number; readonly name: string }[];
  /** versions that an arm can pin */
  readonly models: readonly { readonly id: number; readonly algorithm: string; readonly version: number }[];
  /** of algorithms that are on, by id */
  readonly titles: Readonly<Record<string, string>>;
  /** surfaces of the home page's rows */
  readonly rows: readonly string[];
  readonly attributes: readonly { readonly name: string; readonly type: AttributeType }[];
  readonly genres: readonly string[];
  /** what is known of countries: nothing without a header, or with nobody in front to be trusted with it */
  readonly countries: { readonly known: 'yes' | 'no header' | 'no proxy'; readonly seen: readonly string[] };
  readonly ramp: readonly RampStep[];
  readonly settings: EngineSettings;
}
/** POST /admin/data/experiments/audience, with a draft's fields of who takes part */
export type { Audience } from '../assignment/audience.ts';
/** GET /admin/data/experiments/layers */
export type { Holdout, Layer, Occupant } from '../layers/service.ts';

/** POST …/experiments/:id/preview { unit } */
export interface PreviewAnswer {
  readonly arms: readonly {
    readonly key: string;
    readonly name: string;
    /** algorithms whose version that the arm holds cannot be loaded: the one in service stands in, as it does for viewers */
    readonly missing: readonly string[];
    readonly films: readonly { readonly id: number; readonly title: string; readonly year: number | null }[];
  }[];
}
/** POST …/experiments/:id/look { arm, hours } */
export interface LookAnswer {
  /** below the site's address */
  readonly path: string;
  readonly until: string;
}
