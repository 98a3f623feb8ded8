import type { BlendSpec } from '../../../recommend/blend-spec.ts';
import type { Blends } from '../../../recommend/blends.ts';
import type { ModelVersion } from '../../../recommend/models/registry.ts';
import type { Overrides } from '../../../recommend/overrides.ts';
import type { Arm } from '../model.ts';

type Versions = readonly Pick<ModelVersion, 'id' | 'version'>[];

/** What an arm serves, in words: its blend, and everything that it changes of it. */
export function servesOf(blends: Blends, versions: Versions, { blend, blendVersion, overrides }: Arm): string {
  const newest = blend === null ? blends.current() : blends.latest().find((one) => one.blend === blend),
    served = blendVersion === null ? newest : blends.version(blendVersion);
  const changes = changesOf(overrides, served?.spec, versions);
  const name = blend === null ? (served?.name ?? 'The default blend') : served ? `${served.name}, version ${served.version}` : `Blend ${blend}`;
  if (changes.length === 0) return blend === null ? `${name}, as it is` : name;
  return `${name}, with ${changes.join(', ')}`;
}

/** Each as "diversity 0.15 → 0.5", or by its name where it is no single number. */
function changesOf({ weights, models, exploration, ...rest }: Overrides, spec: BlendSpec | undefined, versions: Versions): string[] {
  const others = Object.entries(rest).map(([field, value]) => {
    const name = names[field] ?? field;
    return typeof value === 'number' ? fromTo(name, spec?.[field as keyof BlendSpec], value) : value === null ? `no ${name}` : `its own ${name}`;
  });
  return [
    ...(weights ? weightChanges(weights, spec?.weights ?? {}) : []),
    ...(exploration ? [fromTo('exploration', spec?.exploration.temperature, exploration.temperature)] : []),
    ...others,
    ...Object.entries(models ?? {}).map(([algorithm, id]) => {
      const version = versions.find((one) => one.id === id)?.version;
      return version === undefined ? `a version of ${algorithm} that is gone` : `version ${version} of ${algorithm}`;
    }),
  ];
}

const fromTo = (name: string, before: unknown, after: number): string =>
  typeof before === 'number' && before !== after ? `${name} ${before} → ${after}` : `${name} ${after}`;

/** More changes than this are told by what came of them. */
const MOST = 3;

function weightChanges(weights: BlendSpec['weights'], before: BlendSpec['weights']): string[] {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(weights)])].filter((id) => (weights[id] ?? 0) !== (before[id] ?? 0));
  if (changed.length === 0) return ['the same weights'];
  if (changed.length <= MOST) return changed.map((id) => `weight of ${id} ${before[id] ?? 0} → ${weights[id] ?? 0}`);
  const counting = Object.entries(weights).filter(([, weight]) => weight > 0);
  return [`weights of its own (${counting.map(([id, weight]) => `${id} ${weight}`).join(', ')})`];
}

const names: Record<string, string> = {
  newcomers: 'mix for newcomers',
  normalisation: 'comparison of scores',
  calibration: 'genre calibration',
  again: 'days until seen films return',
  rows: 'rows of the home page',
};
