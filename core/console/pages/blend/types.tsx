import type { BlendSpec } from '../../../recommend/blend-spec.ts';
import type { ModelVersion } from '../../../models/registry.ts';

/** as JSON: dates are text */
export type Version = Omit<ModelVersion, 'created_at'> & { readonly created_at: string };
export interface Run {
  readonly id: number;
  readonly status: string;
  readonly progress: number;
  readonly note: string;
  readonly error: string | null;
  readonly finishedAt: string | null;
}
export interface AlgorithmView {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly plugin: {
    readonly id: string;
    readonly title: string;
    readonly status: string;
    readonly enabled: boolean;
    readonly version: number;
    readonly failure: string | null;
  };
  readonly versions: readonly Version[];
  /** version in this process's memory */
  readonly loaded: number | null;
  /** the settings were changed since the model in service was trained */
  readonly outdated: boolean;
  readonly run: Run | null;
}
export interface BlendVersionView {
  readonly id: number;
  readonly blend: number;
  readonly version: number;
  readonly spec: BlendSpec;
  readonly note: string;
  readonly by: string | null;
  readonly created_at: string;
}
export interface BlendView {
  readonly id: number;
  readonly name: string;
  readonly isDefault: boolean;
  readonly versions: readonly BlendVersionView[];
}
export type { BlendSpec };

export const inProgress = (run: Run | null): boolean => run?.status === 'queued' || run?.status === 'running';

const colours = ['#0072b2', '#c04f00', '#00795a', '#a8487f', '#b08900', '#3d8fc4', '#4d4d4d', '#8a5a2b'];
/** An algorithm keeps its colour in the editor and in both lists. */
export const colourOf = (algorithms: readonly { readonly id: string }[], id: string): string =>
  colours[
    Math.max(
      0,
      algorithms.findIndex((one) => one.id === id),
    ) % colours.length
  ]!;

/** What a version changed, in words. */
export function changes(before: BlendSpec | undefined, after: BlendSpec, title: (id: string) => string): string {
  if (!before) return 'first version';
  const ids = [...new Set([...Object.keys(before.weights), ...Object.keys(after.weights)])];
  const parts = ids
    .filter((id) => (before.weights[id] ?? 0) !== (after.weights[id] ?? 0))
    .map((id) => `${title(id)} ${before.weights[id] ?? 0} → ${after.weights[id] ?? 0}`);
  if (before.diversity !== after.diversity) parts.push(`diversity ${before.diversity} → ${after.diversity}`);
  if (before.normalisation !== after.normalisation) parts.push(`scores ${before.normalisation} → ${after.normalisation}`);
  return parts.join(', ') || 'nothing';
}
