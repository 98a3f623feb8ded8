import type { BlendSpec } from '../../../../recommend/blend-spec.ts';
import { manyColours } from '../../kit/index.tsx';
import type { ModelUpdate, ModelVersion } from '../../../../recommend/models/versions.ts';

/** as JSON: dates are text */
type AsJson<T> = Omit<T, 'created_at'> & { readonly created_at: string };
export type Version = AsJson<Omit<ModelVersion, 'update'>> & { readonly update: AsJson<ModelUpdate> | null };
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
  /** the very model: a version, or what updates made of one */
  readonly serving: { readonly id: number; readonly version: number; readonly revision: number } | null;
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

/** An algorithm keeps its colour in the editor and in both lists. */
export const colourOf = (algorithms: readonly { readonly id: string }[], id: string): string =>
  manyColours[
    Math.max(
      0,
      algorithms.findIndex((one) => one.id === id),
    ) % manyColours.length
  ]!;

/** What a version changed, in words. */
export function changes(before: BlendSpec | undefined, after: BlendSpec, title: (id: string) => string): string {
  if (!before) return 'first version';
  const parts = changedWeights(before.weights, after.weights, title);
  if (before.diversity !== after.diversity) parts.push(`diversity ${before.diversity} → ${after.diversity}`);
  if (before.normalisation !== after.normalisation) parts.push(`scores ${before.normalisation} → ${after.normalisation}`);
  if (before.calibration !== after.calibration) parts.push(`genre calibration ${before.calibration} → ${after.calibration}`);
  if (before.again !== after.again) parts.push(`seen films ${again(before.again)} → ${again(after.again)}`);
  if (chance(before.exploration) !== chance(after.exploration))
    parts.push(`exploration ${chance(before.exploration)} → ${chance(after.exploration)}`);
  return [...parts, ...newcomerChanges(before.newcomers, after.newcomers, title)].join(', ') || 'nothing';
}

const chance = ({ temperature, from }: BlendSpec['exploration']): string => (temperature === 0 ? 'none' : `${temperature} from place ${from + 1} on`);
const again = (days: number): string => (days === 0 ? 'never again' : `again after ${days} days`);

function changedWeights(before: BlendSpec['weights'], after: BlendSpec['weights'], title: (id: string) => string): string[] {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return ids.filter((id) => (before[id] ?? 0) !== (after[id] ?? 0)).map((id) => `${title(id)} ${before[id] ?? 0} → ${after[id] ?? 0}`);
}

function newcomerChanges(before: BlendSpec['newcomers'], after: BlendSpec['newcomers'], title: (id: string) => string): string[] {
  if (!before && !after) return [];
  if (!after) return ['no mix of their own for newcomers'];
  if (!before) return [`a mix of their own for newcomers (up to ${after.upTo} films)`];
  const parts = changedWeights(before.weights, after.weights, title).map((change) => `newcomers: ${change}`);
  return before.upTo === after.upTo ? parts : [...parts, `newcomers up to ${before.upTo} → ${after.upTo} films`];
}
