import type { AnyPlugin } from './plugin.ts';
import type { Bus } from './bus.ts';
import type { Sql } from './database/sql.ts';
import type { Wanted } from './host.ts';
import { audit } from './audit.ts';
import { conflict, notFound, stale } from './errors.ts';
import { read } from './http/form.ts';
import { veiled, withSecrets } from './secret-settings.ts';

/** What is wanted of one plugin. */
export interface PluginState {
  readonly enabled: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly version: number;
}
export interface Change {
  readonly enabled?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly version: number;
}

const topic = 'plugins';

/** The wish list in the database: which plugins should be on, with which settings. */
export class Settings {
  readonly #sql: Sql;
  readonly #bus: Bus;
  readonly #plugins: readonly AnyPlugin[];

  constructor(sql: Sql, bus: Bus, plugins: readonly AnyPlugin[]) {
    this.#sql = sql;
    this.#bus = bus;
    this.#plugins = plugins;
  }

  /** A plugin without a row is on, with its defaults. */
  async state(id: string, sql: Sql = this.#sql): Promise<PluginState> {
    const row = await sql.one<PluginState>('select enabled, settings, version from plugin_state where id = $1', [id]);
    return row ?? { enabled: true, settings: {}, version: 0 };
  }

  async wanted(): Promise<Wanted> {
    const rows = await this.#sql.rows<PluginState & { id: string }>('select id, enabled, settings, version from plugin_state');
    const states = new Map(rows.map((row) => [row.id, row]));
    return new Map(
      this.#plugins
        .filter((plugin) => plugin.required || (states.get(plugin.id)?.enabled ?? true))
        .map((plugin) => [plugin.id, states.get(plugin.id)?.settings ?? {}]),
    );
  }

  /** Stores a change with its audit row and tells every process. Refuses what the plugin's schema refuses, and stale edits. */
  async change(id: string, change: Change, operator: number | null): Promise<void> {
    const plugin = this.#plugins.find((p) => p.id === id);
    if (!plugin) throw notFound('plugin');
    if (plugin.required && change.enabled === false) throw conflict(`${plugin.title} is part of every site and cannot be switched off.`);
    await this.#sql.transaction(async (tx) => {
      await tx.rows(`insert into plugin_state (id, enabled, version) values ($1, true, 0) on conflict do nothing`, [id]);
      const before = (await tx.one<PluginState>('select enabled, settings, version from plugin_state where id = $1 for update', [id]))!;
      if (before.version !== change.version) throw stale('plugin');
      const settings = change.settings ? withSecrets(plugin, change.settings, before.settings) : before.settings,
        after = { enabled: change.enabled ?? before.enabled, settings };
      if (change.settings && plugin.config) read(plugin.config.strict(), settings);
      await tx.rows('update plugin_state set enabled = $2, settings = $3, version = version + 1, changed_at = now() where id = $1', [
        id,
        after.enabled,
        JSON.stringify(after.settings),
      ]);
      await audit(tx, {
        operator,
        action: actionOf(before, after),
        subject: `plugin ${id}`,
        before: { enabled: before.enabled, settings: veiled(plugin, before.settings) },
        after: { ...after, settings: veiled(plugin, settings, before.settings) },
      });
      await this.#bus.notify(tx, topic, id);
    });
  }

  onChange(handle: () => Promise<void>): () => void {
    return this.#bus.on(topic, handle);
  }
}

const actionOf = (before: PluginState, after: { enabled: boolean }): string => {
  if (before.enabled === after.enabled) return 'plugin.settings';
  return after.enabled ? 'plugin.enable' : 'plugin.disable';
};
