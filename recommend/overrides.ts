import { z } from 'zod';
import { blendFields, type BlendSpec } from './blend-spec.ts';

/** What an arm of an experiment changes of a blend, and of what is served with it. Nothing is changed where a field is missing. */
export const Overrides = z.strictObject({
  ...z.strictObject(blendFields).partial().shape,
  /** the stored version that serves, by algorithm, instead of the one in service */
  models: z.record(z.string().regex(/^[a-z0-9-]{1,40}$/, 'is not the id of an algorithm'), z.int('must be the id of a model').positive()).optional(),
  /** the rows of the home page by their surface, in this order; others are left out */
  rows: z
    .array(z.string().regex(/^[a-z][a-z0-9.:-]{0,79}$/, 'is not a row of the home page'))
    .min(1, 'Name at least one row.')
    .max(30, 'Name at most 30 rows.')
    .refine((rows) => new Set(rows).size === rows.length, 'Name each row once.')
    .optional(),
});
export type Overrides = z.output<typeof Overrides>;

/** The spec with what the overrides say of it. The same object where they say nothing. */
export function overridden(spec: BlendSpec, { models: _models, rows: _rows, ...changes }: Overrides): BlendSpec {
  return Object.keys(changes).length === 0 ? spec : ({ ...spec, ...changes } as BlendSpec);
}
