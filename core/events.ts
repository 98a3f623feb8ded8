import type { EventRef, Subscription } from './plugin.ts';
import type { Logger } from './log.ts';

/** Facts, not calls: a failing listener never reaches the publisher. */
export class Events {
  readonly #listeners = new Map<string, Set<Subscription>>();
  readonly #running = new Set<Promise<void>>();
  readonly #log: Logger;
  constructor(log: Logger) {
    this.#log = log;
  }

  subscribe(subscription: Subscription): () => void {
    const set = this.#listeners.get(subscription.event) ?? new Set();
    this.#listeners.set(subscription.event, set.add(subscription));
    return () => void set.delete(subscription);
  }

  publish<T>(ref: EventRef<T>, payload: T): void {
    const valid = ref.schema.parse(payload) as never;
    for (const subscription of this.#listeners.get(ref.id) ?? []) {
      const run = this.#handle(ref.id, subscription, valid).finally(() => this.#running.delete(run));
      this.#running.add(run);
    }
  }

  /** Resolves when every listener that was called so far is done: for draining, and for tests. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async #handle(id: string, subscription: Subscription, payload: never): Promise<void> {
    try {
      await subscription.handle(payload);
    } catch (error) {
      this.#log.error(`a listener of ${id} failed`, error);
    }
  }
}
