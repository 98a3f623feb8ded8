import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Router } from 'express';
import { operationsOf, type Document } from './document.ts';
import { bootApi, type ApiSite } from './site.ts';

let site: ApiSite, document: Document;
beforeAll(async () => {
  site = await bootApi();
  document = (await site.call('get', '/openapi.json', '')).body as Document;
});
afterAll(() => site.stop());

describe('the OpenAPI document', () => {
  test('is of version 3.1, needs no token, and names where and how to call', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: expect.stringMatching(/./), version: expect.stringMatching(/./) });
    expect(document.servers).toEqual([{ url: '/api/v1' }]);
    for (const scheme of document.security.flatMap((one) => Object.keys(one))) expect(document.components.securitySchemes).toHaveProperty(scheme);
  });

  test('holds exactly the operations of the plugins that are on', () => {
    const running = site.api.routes.map(({ method, path }) => `${method} ${path}`);
    expect(
      operationsOf(document)
        .map(([name]) => name)
        .sort(),
    ).toEqual(running.sort());
    expect(new Set(running).size).toBe(running.length);
    expect(running).toEqual(
      expect.arrayContaining([
        'get /users/{id}/recommendations',
        'get /films',
        'get /films/{id}',
        'get /films/{id}/similar',
        'post /interactions',
        'post /lists/{id}/clicks',
      ]),
    );
  });

  test('misses no route: no plugin has put one below /api by its pages', () => {
    const paths = [...site.slots.routers.values()].flatMap(pathsOf);
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => path.startsWith('/api'))).toEqual([]);
  });

  test('describes every operation: a summary, all parameters of the path, schemas that can be read, and how it fails', () => {
    for (const [name, { summary, description, parameters, requestBody, responses }] of operationsOf(document)) {
      expect([name, summary.length > 10, description.length > 10]).toEqual([name, true, true]);
      const inPath = [...name.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      expect(parameters.filter((one) => one.in === 'path').map((one) => one.name)).toEqual(inPath);
      expect(parameters.filter((one) => one.in === 'path').every(({ required }) => required)).toBe(true);
      expect(new Set(parameters.map((one) => `${one.in} ${one.name}`)).size).toBe(parameters.length);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403', '404', '422']));
      expect(Object.keys(responses).filter((status) => status.startsWith('2'))).toHaveLength(1);
      for (const { description: what } of Object.values(responses)) expect(what).toMatch(/./);
      const media = [...Object.values(responses), ...(requestBody ? [requestBody] : [])].map(({ content }) => content!['application/json'].schema);
      for (const schema of [...media, ...parameters.map((one) => one.schema)]) expect(isReadable(schema as object)).toBe(true);
    }
  });

  test('is listed in the guide, with the scope of each operation', () => {
    const guide = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
    const rows = [...guide.matchAll(/^\| `([A-Z]+) (\S+)` \| (read|write) \|/gm)].map(
      ([, method, path, scope]) => `${method!.toLowerCase()} ${path} ${scope}`,
    );
    expect(rows.sort()).toEqual(site.api.routes.map(({ method, path, scope }) => `${method} ${path} ${scope}`).sort());
  });
});

/** Every schema is one that a reader who knows nothing of zod understands, and says something. */
const isReadable = (schema: object): boolean => {
  if ('$ref' in schema) return schema.$ref === '#/components/schemas/Problem' && document.components.schemas['Problem'] !== undefined;
  return Object.keys(schema).some((key) => key !== 'description' && key !== 'default') && z.fromJSONSchema(schema as never) !== undefined;
};

interface Layer {
  readonly route?: { readonly path: string };
  readonly handle?: { readonly stack?: readonly Layer[] };
}
const pathsOf = (router: Router): string[] => layersOf((router as unknown as { stack: readonly Layer[] }).stack);
const layersOf = (stack: readonly Layer[]): string[] => stack.flatMap(({ route, handle }) => (route ? [route.path] : layersOf(handle?.stack ?? [])));
