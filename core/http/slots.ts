import type { RequestHandler, Router } from 'express';

interface Slot {
  readonly router: Router;
  busy: number;
  idle?: () => void;
}
/** How long a plugin's switch-off waits for its requests in flight, in milliseconds. */
const patience = 5_000;

/** One slot a plugin, so that routes come and go while the server runs. */
export class Slots {
  readonly #slots = new Map<string, Slot>();

  /** Tries the plugins' routers one after the other. */
  readonly handle: RequestHandler = (request, response, next) => {
    const waiting = [...this.#slots.values()];
    // One listener for all slots: Node warns of more than ten.
    let current = (): void => {};
    response.once('close', () => current());
    const tryNext = (error?: unknown): void => {
      const slot = waiting.shift();
      if (error !== undefined || !slot) return void next(error);
      slot.busy++;
      let left = false;
      const leave = (): void => {
        if (!left) {
          left = true;
          if (--slot.busy === 0) slot.idle?.();
        }
      };
      current = leave;
      slot.router(request, response, (failure?: unknown) => {
        leave();
        tryNext(failure);
      });
    };
    tryNext();
  };

  /** The undo takes the routes away at once and lets requests in flight finish. */
  mount(id: string, router: Router): () => Promise<void> {
    const slot: Slot = { router, busy: 0 };
    this.#slots.set(id, slot);
    return async () => {
      this.#slots.delete(id);
      if (slot.busy === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patience);
        slot.idle = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    };
  }

  get routers(): ReadonlyMap<string, Router> {
    return new Map([...this.#slots].map(([id, slot]) => [id, slot.router]));
  }
}
