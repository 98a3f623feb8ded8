import { z } from 'zod';
import type { AnyPlugin } from './plugin.ts';

type Values = Readonly<Record<string, unknown>>;
/** A plugin's settings by name, as JSON Schema says them. */
export const schemaOf = ({ config }: AnyPlugin): Readonly<Record<string, z.core.JSONSchema.JSONSchema>> =>
  config ? ((z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' }).properties ?? {}) as never) : {};
/** Settings that are written and never shown again: `.meta({ writeOnly: true })` in the plugin's schema. */
const secretsOf = (plugin: AnyPlugin): Set<string> =>
  new Set(Object.entries(schemaOf(plugin)).flatMap(([name, { writeOnly }]) => (writeOnly ? [name] : [])));

/** What to store of a form, which knows no secrets: one that it leaves empty stays as it is, null takes it away. */
export function withSecrets(plugin: AnyPlugin, sent: Values, stored: Values): Values {
  const secrets = secretsOf(plugin),
    kept = Object.entries(stored).filter(([name]) => secrets.has(name) && sent[name] !== null),
    given = Object.entries(sent).filter(([name, value]) => !secrets.has(name) || (value !== null && value !== ''));
  return Object.fromEntries([...kept, ...given]);
}

/** What may be shown and written down: of a secret that there is one (true), or that it is another than before. */
export function veiled(plugin: AnyPlugin, settings: Values, before = settings): Values {
  const secrets = secretsOf(plugin);
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, secrets.has(name) ? value === before[name] || 'changed' : value]));
}
