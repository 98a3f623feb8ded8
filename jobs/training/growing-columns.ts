/** Rating columns that double when they are full: amortised appending without an object a rating. */
export class GrowingColumns {
  #size = 0;
  #unit = new Int32Array(1 << 14);
  #film = new Int32Array(1 << 14);
  #stars = new Float32Array(1 << 14);
  #at = new Float64Array(1 << 14);

  push(unit: number, film: number, stars: number, at: number): void {
    if (this.#size === this.#unit.length) this.#grow();
    this.#unit[this.#size] = unit;
    this.#film[this.#size] = film;
    this.#stars[this.#size] = stars;
    this.#at[this.#size++] = at;
  }

  /** Views of what was pushed. */
  trimmed() {
    return {
      unit: this.#unit.subarray(0, this.#size),
      film: this.#film.subarray(0, this.#size),
      stars: this.#stars.subarray(0, this.#size),
      at: this.#at.subarray(0, this.#size),
    };
  }

  #grow(): void {
    const length = this.#size * 2;
    const wider = <T extends Int32Array | Float32Array | Float64Array>(old: T, larger: T): T => {
      larger.set(old);
      return larger;
    };
    this.#unit = wider(this.#unit, new Int32Array(length));
    this.#film = wider(this.#film, new Int32Array(length));
    this.#stars = wider(this.#stars, new Float32Array(length));
    this.#at = wider(this.#at, new Float64Array(length));
  }
}
