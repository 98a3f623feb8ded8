/** Keeps the last few things that were asked for. What fails to be made is not kept. */
export class Kept<K, V> {
  readonly #most: number;
  readonly #made = new Map<K, Promise<V>>();

  constructor(most: number) {
    this.#most = most;
  }

  of(key: K, make: () => Promise<V>): Promise<V> {
    const known = this.#made.get(key);
    const value = known ?? make();
    if (!known) value.catch(() => this.#made.delete(key));
    this.#made.delete(key);
    this.#made.set(key, value);
    for (const oldest of this.#made.keys()) if (this.#made.size > this.#most) this.#made.delete(oldest);
    return value;
  }
}
