import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Router } from 'express';
import { z } from 'zod';
import { isCron } from '../../config/cron.ts';
import { expressPath } from '../../plugins/api/router.ts';
import type { ApiRoute } from '../../core/http/api-route.ts';
import type { JobDefinition } from '../../core/jobs.ts';
import { refs } from '../../core/order.ts';
import type { AnyPlugin } from '../../core/plugin.ts';
import { bootPlugin, type BootedPlugin } from '../harness/plugin.ts';
import { sharedTemplates, templatesOfPlugin } from './templates.ts';

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle?: { readonly stack?: readonly Layer[] };
}

/** "get /film/:", with the names of parameters left out: two that are equal would hide each other */
export function pathsOf(router: Router | undefined): string[] {
  const layers = (stack: readonly Layer[]): string[] =>
    stack.flatMap(({ route, handle }) =>
      route ? Object.keys(route.methods).map((method) => `${method} ${route.path.replaceAll(/:\w+/g, ':')}`) : layers(handle?.stack ?? []),
    );
  return layers((router as unknown as { stack?: readonly Layer[] } | undefined)?.stack ?? []);
}
export const pagePaths = ({ living }: BootedPlugin): string[] => pathsOf(living.get('routes') as Router | undefined);
export const apiPaths = ({ living }: BootedPlugin): string[] =>
  ((living.get('api') ?? []) as readonly ApiRoute[]).map(({ method, path }) => `${method} ${expressPath(path).replaceAll(/:\w+/g, ':')}`);

/** What the core keeps for itself. */
const reserved = /^\w+ \/(admin|api|assets|healthz|readyz|metrics)(\/|$)/;

/** What every plugin must do, whatever it is for. Call it at the top of a test file, with the site's plugins around it. */
export function pluginContract(plugin: AnyPlugin, neighbours: readonly AnyPlugin[]): void {
  const templates = templatesOfPlugin(plugin),
    all = [...sharedTemplates(), ...templates, ...neighbours.filter(({ id }) => id !== plugin.id).flatMap(templatesOfPlugin)];
  describe(`${plugin.id} keeps the contract of plugins`, () => {
    test('says what it is: an id, a title, and one sentence for operators', () => {
      expect(plugin.id).toMatch(/^[a-z][a-z0-9-]{1,39}$/);
      expect(plugin.title).toMatch(/^[A-Z].{2,60}$/);
      expect(plugin.description).toMatch(/^[A-Z][^.!?]{20,180}\.$/);
    });

    test('has settings with defaults, descriptions and a form', () => {
      const config = plugin.config ?? z.object({});
      expect(config.safeParse({}).error?.issues ?? []).toEqual([]);
      const { properties = {} } = z.toJSONSchema(config, { io: 'input' });
      for (const [name, schema] of Object.entries(properties)) {
        const { type, enum: choices, description, default: standard } = schema as Record<string, unknown>;
        expect([name, ['integer', 'number', 'boolean', 'string'].includes(String(type)) || Array.isArray(choices)]).toEqual([name, true]);
        expect([name, typeof description === 'string' && description.length > 10, standard !== undefined]).toEqual([name, true, true]);
      }
    });

    test('has numbered migrations, forward only', () => {
      if (!plugin.migrations) return;
      const files = readdirSync(fileURLToPath(plugin.migrations)).sort();
      expect(files.length).toBeGreaterThan(0);
      files.forEach((file, index) => expect(file).toMatch(new RegExp(`^${String(index + 1).padStart(3, '0')}-[a-z0-9-]+\\.sql$`)));
    });

    test('has templates that compile, and whose partials exist', () => {
      if (plugin.views) expect(templates.length).toBeGreaterThan(0);
      const known = new Set(all.map(({ name }) => name));
      for (const { name, partials } of templates)
        expect([name, [...partials].filter((partial) => !known.has(partial) && !partial.startsWith('@'))]).toEqual([name, []]);
    });

    test('has console pages whose files exist', () => {
      for (const { id, title, component } of plugin.console?.pages ?? []) {
        expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
        expect([title.length > 2, existsSync(fileURLToPath(component))]).toEqual([true, true]);
      }
    });

    test('requires only what the core or a neighbour provides, and what it provides nobody else does', () => {
      const provided = neighbours.filter(({ id }) => id !== plugin.id).flatMap(({ provides }) => refs(provides).map(([, { id }]) => id));
      for (const [, { id }] of refs(plugin.requires)) expect([id, id.startsWith('core.') || provided.includes(id)]).toEqual([id, true]);
      for (const [, { id }] of refs(plugin.provides)) expect(provided).not.toContain(id);
    });

    describe('alone, over fakes,', () => {
      let booted: BootedPlugin;
      beforeAll(async () => {
        booted = await bootPlugin(plugin);
      });

      test('starts, stops without leaving anything behind, and comes back the same', async () => {
        const count = () => ({
          kinds: [...booted.living.keys()].sort(),
          pages: pagePaths(booted),
          api: apiPaths(booted),
          jobs: [...booted.jobs.definitions.keys()],
          listeners: booted.bus.handlers.size,
          algorithms: booted.recommender.algorithms().length,
        });
        const on = count();
        await booted.switch(false);
        expect(booted.host.status(plugin.id)).toBe('off');
        expect(count()).toEqual({ kinds: [], pages: [], api: [], jobs: [], listeners: 0, algorithms: 1 });
        for (const [, ref] of refs(plugin.provides)) expect(booted.host.find(ref)).toBeUndefined();
        await booted.switch(true);
        expect(count()).toEqual(on);
      });

      test('contributes something, under paths that are its own', () => {
        expect(booted.living.size + refs(plugin.provides).length).toBeGreaterThan(0);
        for (const paths of [pagePaths(booted), apiPaths(booted)]) expect(new Set(paths).size).toBe(paths.length);
        expect(pagePaths(booted).filter((path) => reserved.test(path))).toEqual([]);
      });

      test('has fragments with templates of its own, for slots that a page has', () => {
        for (const { slot, template } of booted.fragments) {
          expect([template, templates.some(({ name }) => name === template)]).toEqual([template, true]);
          expect([slot, all.some(({ slots }) => slots.has(slot))]).toEqual([slot, true]);
        }
      });

      test('has jobs with names of its own, titles and valid times', () => {
        for (const { name, title, every } of (booted.living.get('jobs') ?? []) as readonly JobDefinition[]) {
          expect([name, name.startsWith(`${plugin.id}.`), title.length > 5]).toEqual([name, true, true]);
          if (every !== undefined) expect([every, isCron(every)]).toEqual([every, true]);
        }
      });
    });
  });
}
