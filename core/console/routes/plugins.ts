import { Router } from 'express';
import { z } from 'zod';
import type { AnyPlugin } from '../../plugin.ts';
import { read } from '../../http/form.ts';
import { requireRole } from '../../http/request.ts';
import { providersOf, refs } from '../../order.ts';
import { schemaOf, veiled } from '../../secret-settings.ts';
import type { ConsoleDeps, Setting } from '../ports.ts';

const change = z.strictObject({
  enabled: z.boolean('must be true or false').optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
  version: z.int('must be the version that you looked at'),
});

export function pluginRoutes(deps: ConsoleDeps): Router {
  return Router()
    .get('/plugins', async (_request, response) => {
      const providers = providersOf(deps.plugins);
      response.json({ plugins: await Promise.all(deps.plugins.map((plugin) => viewOf(deps, plugin, providers))) });
    })
    .post('/plugins/:id', async (request, response) => {
      const operator = requireRole(request, 'manager').id,
        { version, enabled, settings } = read(change, request.body);
      await deps.settings.change(request.params.id, { version, ...(enabled !== undefined && { enabled }), ...(settings && { settings }) }, operator);
      response.json({});
    });
}

async function viewOf({ host, settings }: ConsoleDeps, plugin: AnyPlugin, providers: ReadonlyMap<string, AnyPlugin>): Promise<object> {
  const { enabled, settings: wanted, version } = await settings.state(plugin.id);
  const needed = [
    ...new Set(
      refs(plugin.requires)
        .map(([, ref]) => providers.get(ref.id))
        .filter((one) => one !== undefined),
    ),
  ];
  return {
    id: plugin.id,
    title: plugin.title,
    description: plugin.description,
    required: plugin.required ?? false,
    enabled,
    version,
    status: host.status(plugin.id),
    failure: host.failure(plugin.id) ?? null,
    waitsFor: needed.filter(({ id }) => host.status(id) !== 'on').map(({ title }) => title),
    trains: (plugin.algorithms ?? []).length > 0,
    inConsole: plugin.console !== undefined,
    settings: settingsOf(plugin),
    wanted: veiled(plugin, wanted),
  };
}

/** The form of a plugin's settings, made from its schema. */
export const settingsOf = (plugin: AnyPlugin): Setting[] =>
  Object.entries(schemaOf(plugin)).map(([name, property]) => ({
    name,
    type: property.writeOnly ? 'secret' : property.enum ? 'choice' : String(property.type ?? 'json'),
    title: property.title ?? words(name),
    description: property.description ?? null,
    default: property.writeOnly ? null : (property.default ?? null),
    min: bound(property.minimum ?? property.minLength),
    max: bound(property.maximum ?? property.maxLength),
    choices: property.enum ?? null,
  }));

/** zod writes the bounds of safe integers where there are none. */
const bound = (value: number | undefined): number | null => (value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value);

/** "halfLifeDays" as "Half life days". */
function words(name: string): string {
  const text = name.replace(/([a-z0-9])([A-Z])/g, (_all, before: string, after: string) => `${before} ${after.toLowerCase()}`).replaceAll('_', ' ');
  return text[0]!.toUpperCase() + text.slice(1);
}
