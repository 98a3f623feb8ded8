import { z } from 'zod';
import type { ApiRoute } from '../../core/http/api-route.ts';

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): object => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>;
  return rest;
};
const jsonContent = (schema: object): object => ({ content: { 'application/json': { schema } } });
const problem = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        request: { type: 'string' },
        fields: { type: 'object', additionalProperties: { type: 'string' } },
      },
    },
  },
};

/** The OpenAPI 3.1 document of the given routes. */
export function openApi(routes: readonly ApiRoute[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operation(route);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Marquee',
      version: '1',
      description: 'Recommendations, films and interactions. Make a bearer token in the console under API tokens.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }],
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } }, schemas: { Problem: problem } },
  };
}

function operation({ method, summary, scope, params, query, body, response, status = 200 }: ApiRoute): object {
  const error = (description: string): object => ({ description, ...jsonContent({ $ref: '#/components/schemas/Problem' }) });
  return {
    summary,
    description: `Needs a token with the scope "${scope}".`,
    parameters: [...parameters(params, 'path'), ...parameters(query, 'query')],
    ...(body ? { requestBody: { required: true, ...jsonContent(schemaOf(body, 'input')) } } : {}),
    responses: {
      [status]: { description: 'Done', ...jsonContent(schemaOf(response, 'output')) },
      401: error('No valid token'),
      403: error('The token may not do this'),
      404: error('Unknown'),
      ...(method === 'get' ? {} : { 409: error('Not now, with what to do instead') }),
      422: error('Refused, with a message a field'),
    },
  };
}

function parameters(schema: z.ZodObject | undefined, where: 'path' | 'query'): object[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Record<string, object>; required?: string[] };
  return Object.entries(properties).map(([name, one]) => ({ name, in: where, required: where === 'path' || required.includes(name), schema: one }));
}
