import { z } from 'zod';

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];
interface Media {
  readonly content?: { readonly 'application/json': { readonly schema: JsonSchema } };
  readonly description?: string;
}
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}
export interface Operation {
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: Media & { readonly required: boolean };
  readonly responses: Readonly<Record<string, Media>>;
}
export interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly securitySchemes: Readonly<Record<string, object>>; readonly schemas: Readonly<Record<string, JsonSchema>> };
}
/** "get /films/{id}" */
export type Name = string;

export const operationsOf = ({ paths }: Document): [Name, Operation][] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [Name, Operation] => [`${method} ${path}`, operation]),
  );

/** What a document's own words, and nothing of our code, say of an answer: the list of what does not fit. */
export function misfits({ components }: Document, { responses }: Operation, status: number, body: unknown): string[] {
  const described = responses[status];
  if (!described) return [`${status} is not documented`];
  const schema = described.content?.['application/json'].schema;
  if (schema === undefined) return [`${status} has no schema`];
  const resolved = (schema as { $ref?: string }).$ref === '#/components/schemas/Problem' ? components.schemas['Problem']! : schema;
  return (
    z
      .fromJSONSchema(resolved)
      .safeParse(body)
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []
  );
}
