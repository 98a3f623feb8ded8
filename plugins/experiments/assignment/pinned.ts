import type { LoadedModel, ModelRegistry } from '../../../recommend/models/registry.ts';
import type { Arm } from '../model.ts';

/** Loads the versions of models that arms pin, by their ids. @param lost told of each that cannot be had: the one in service serves instead */
export async function pinnedModels(
  models: Pick<ModelRegistry, 'version'>,
  arms: readonly Pick<Arm, 'overrides'>[],
  lost: (id: number, error: unknown) => void,
): Promise<Map<number, LoadedModel>> {
  const ids = new Set(arms.flatMap(({ overrides }) => Object.values(overrides.models ?? {}))),
    loaded = new Map<number, LoadedModel>();
  for (const id of ids) {
    await models.version(id).then(
      (model) => loaded.set(id, model),
      (error: unknown) => lost(id, error),
    );
  }
  return loaded;
}

/** Those of one arm, by algorithm. */
export const modelsOf = ({ overrides }: Pick<Arm, 'overrides'>, loaded: (id: number) => LoadedModel | undefined): Map<string, LoadedModel> =>
  new Map(
    Object.entries(overrides.models ?? {}).flatMap(([algorithm, id]) => {
      const model = loaded(id);
      return model ? [[algorithm, model] as const] : [];
    }),
  );
