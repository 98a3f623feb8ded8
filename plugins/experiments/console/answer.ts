import type { Decision, Metric, Status } from '../model.ts';
import type { Results } from '../results/index.ts';
import type { Verdict } from '../results/verdict.ts';

/** What a Date is after its way through JSON. */
type Sent<T> = T extends Date
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
  readonly status: Status;
  readonly metric: Metric;
  readonly arms: readonly string[];
  readonly days: number | null;
  readonly viewers: number | null;
  readonly verdict: Verdict | null;
  readonly decision: Decision | null;
  readonly decidedArm: string | null;
}
export interface ListAnswer {
  readonly experiments: readonly ExperimentLine[];
  readonly blends: readonly BlendChoice[];
}

export interface HistoryLine {
  readonly at: string;
  readonly by: string | null;
  readonly action: string;
}
export interface ArmView {
  readonly key: string;
  readonly name: string;
  readonly share: number;
  readonly blend: number;
  /** "House blend, version 3" */
  readonly serves: string;
}
/** GET /admin/data/experiments/experiments/:id */
export interface ExperimentAnswer {
  readonly experiment: {
    readonly id: number;
    readonly name: string;
    readonly hypothesis: string;
    readonly status: Status;
    readonly metric: Metric;
    readonly startedAt: string | null;
    readonly stoppedAt: string | null;
    readonly decision: Decision | null;
    readonly decidedArm: string | null;
    readonly reason: string;
    readonly version: number;
    readonly arms: readonly ArmView[];
  };
  /** null for a draft */
  readonly results: Sent<Results> | null;
  readonly peeking: string;
  readonly history: readonly HistoryLine[];
  readonly blends: readonly BlendChoice[];
}
