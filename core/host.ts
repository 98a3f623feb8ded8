import type { AnyPlugin, Contributions, EventRef, ServiceRef } from './plugin.ts';
import type { AnyAlgorithm } from '../recommend/algorithm.ts';
import type { Events } from './events.ts';
import type { Logger } from './log.ts';
import { inOrder, providersOf, refs } from './order.ts';

export type Undo = () => void | Promise<void>;
type Live = Contributions & { readonly algorithms?: readonly AnyAlgorithm[] };
/** One sink per kind of contribution. A new kind is one type field and one sink. */
export type Sinks = { readonly [K in keyof Live]-?: (part: NonNullable<Live[K]>, owner: AnyPlugin) => Undo };
export type Status = 'off' | 'on' | 'waiting' | 'failed';
/** The plugins that should run, each with its settings. */
export type Wanted = ReadonlyMap<string, unknown>;
interface Run {
  readonly key: string;
  readonly undos: Undo[];
}

/** Makes what runs equal to what is wanted. */
export class Host {
  readonly plugins: readonly AnyPlugin[];
  readonly #deps: { readonly sinks: Sinks; readonly events: Events; readonly log: Logger };
  readonly #providers: ReadonlyMap<string, AnyPlugin>;
  readonly #runs = new Map<string, Run>();
  readonly #services = new Map<string, unknown>();
  readonly #failures = new Map<string, { readonly key: string; readonly message: string }>();
  #wanted: Wanted = new Map();
  #queue: Promise<void> = Promise.resolve();

  constructor(plugins: readonly AnyPlugin[], deps: { readonly sinks: Sinks; readonly events: Events; readonly log: Logger }) {
    this.plugins = inOrder(plugins);
    this.#providers = providersOf(plugins);
    this.#deps = deps;
  }

  status(id: string): Status {
    if (this.#runs.has(id)) return 'on';
    if (!this.#wanted.has(id)) return 'off';
    return this.#failures.has(id) ? 'failed' : 'waiting';
  }

  /** Why a plugin failed to start, for operators. */
  failure(id: string): string | undefined {
    return this.#failures.get(id)?.message;
  }

  provide<T>(ref: ServiceRef<T>, value: T): void {
    this.#services.set(ref.id, value);
  }

  find<T>(ref: ServiceRef<T>): T | undefined {
    return this.#services.get(ref.id) as T | undefined;
  }

  /**
   * Stops in reverse order, then starts in order; one broken plugin stops nobody. Calls are served one at a time, and each asks what is
   * wanted when its turn comes: of two changes at once the later one counts.
   */
  reconcile(wanted: Wanted | (() => Promise<Wanted>)): Promise<void> {
    const turn = this.#queue.then(async () => {
      this.#wanted = typeof wanted === 'function' ? await wanted() : wanted;
      this.#failures.clear();
      for (const plugin of this.plugins.toReversed()) {
        if (this.#runs.get(plugin.id)?.key !== this.#key(plugin)) await this.#stop(plugin);
      }
      for (const plugin of this.plugins) if (!this.#runs.has(plugin.id)) await this.#start(plugin);
    });
    this.#queue = turn.catch(() => {});
    return turn;
  }

  /** Everything that a run depends on: its settings and its providers'. A new key means a restart. */
  #key(plugin: AnyPlugin): string | undefined {
    if (!this.#wanted.has(plugin.id)) return undefined;
    const keys = refs(plugin.requires).map(([, ref]) => {
      const owner = this.#providers.get(ref.id);
      if (owner) return this.#key(owner);
      return this.#services.has(ref.id) ? ref.id : undefined;
    });
    return keys.includes(undefined) ? undefined : JSON.stringify([plugin.id, this.#wanted.get(plugin.id), keys]);
  }

  async #start(plugin: AnyPlugin): Promise<void> {
    const key = this.#key(plugin);
    if (key === undefined || !refs(plugin.requires).every(([, ref]) => this.#services.has(ref.id))) return;
    const undos: Undo[] = [];
    try {
      await this.#setUp(plugin, undos);
      this.#runs.set(plugin.id, { key, undos });
      this.#deps.log.debug('plugin is on', { plugin: plugin.id });
    } catch (error) {
      this.#failures.set(plugin.id, { key, message: error instanceof Error ? error.message : String(error) });
      this.#deps.log.error(`plugin ${plugin.id} could not start`, error);
      await this.#undo(plugin, undos);
    }
  }

  async #setUp(plugin: AnyPlugin, undos: Undo[]): Promise<void> {
    const config: unknown = plugin.config?.parse(this.#wanted.get(plugin.id) ?? {}) ?? {};
    const live: Live & { readonly services?: Readonly<Record<string, unknown>> } =
      (await plugin.setup?.({
        config,
        use: Object.fromEntries(refs(plugin.requires).map(([name, ref]) => [name, this.#services.get(ref.id)])),
        log: this.#deps.log.child({ plugin: plugin.id }),
        find: <T>(ref: ServiceRef<T>) => this.find(ref),
        publish: <T>(ref: EventRef<T>, payload: T) => this.#deps.events.publish(ref, payload),
      })) ?? {};
    // First in, so undone last: everything else may still need what `dispose` closes.
    if (live.dispose) undos.push(live.dispose);
    for (const [name, ref] of refs(plugin.provides)) {
      this.provide(ref, live.services?.[name]);
      undos.push(() => void this.#services.delete(ref.id));
    }
    const parts: Live = { ...live, algorithms: plugin.algorithms };
    for (const [kind, sink] of Object.entries(this.#deps.sinks) as [keyof Live, (part: unknown, owner: AnyPlugin) => Undo][]) {
      if (parts[kind] !== undefined) undos.push(sink(parts[kind], plugin));
    }
  }

  async #stop(plugin: AnyPlugin): Promise<void> {
    const run = this.#runs.get(plugin.id);
    if (!run) return;
    this.#runs.delete(plugin.id);
    await this.#undo(plugin, run.undos);
    this.#deps.log.debug('plugin is off', { plugin: plugin.id });
  }

  async #undo(plugin: AnyPlugin, undos: readonly Undo[]): Promise<void> {
    for (const undo of undos.toReversed()) {
      try {
        await undo();
      } catch (error) {
        this.#deps.log.error(`plugin ${plugin.id} did not stop cleanly`, error);
      }
    }
  }
}
