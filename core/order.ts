import type { AnyPlugin, ServiceRef } from './plugin.ts';
import { cycle, duplicate } from './errors.ts';

export const refs = (map: object | undefined): [string, ServiceRef<unknown>][] => Object.entries(map ?? {});

/** Which plugin provides each service. */
export function providersOf(plugins: readonly AnyPlugin[]): Map<string, AnyPlugin> {
  const providers = new Map<string, AnyPlugin>();
  for (const plugin of plugins) {
    for (const [, ref] of refs(plugin.provides)) {
      if (providers.has(ref.id)) throw duplicate('service', ref.id);
      providers.set(ref.id, plugin);
    }
  }
  return providers;
}

/** Providers before the plugins that require them; otherwise as listed. */
export function inOrder(plugins: readonly AnyPlugin[]): readonly AnyPlugin[] {
  const providers = providersOf(plugins);
  const done = new Set<AnyPlugin>();
  const visit = (plugin: AnyPlugin, path: readonly AnyPlugin[]): void => {
    if (done.has(plugin)) return;
    if (path.includes(plugin)) throw cycle([...path, plugin].map((p) => p.id));
    for (const [, ref] of refs(plugin.requires)) {
      const provider = providers.get(ref.id);
      if (provider) visit(provider, [...path, plugin]);
    }
    done.add(plugin);
  };
  for (const plugin of plugins) visit(plugin, []);
  return [...done];
}
