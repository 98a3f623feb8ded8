import { z } from 'zod';
import { blendFields, type BlendSpec } from './blend-spec.ts';

/** What an arm of an experiment changes of a blend, and of what is served with it. Nothing is changed where a field is missing. */
export const Overrides = z.strictObject({
  ...z.strictObject(blendFields).partial().shape,
  /** the stored version that serves, by algorithm, instead of the one in service */
  models: z.record(z.string().regex(/^[a-z0-9-]{1,40}$/, 'is not the id of an algorithm'), z.int('must be the id of a model').positive()).optional(),
});
export type Overrides = z.output<typeof Overrides>;

/** The spec with what the overrides say of it. The same object where they say nothing. */
export function overridden(spec: BlendSpec, { models: _models, ...changes }: Overrides): BlendSpec {
  return Object.keys(changes).length === 0 ? spec : ({ ...spec, ...changes } as BlendSpec);
}
