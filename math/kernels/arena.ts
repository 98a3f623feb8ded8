/// <reference lib="dom" />
// TypeScript keeps the types of WebAssembly among those of browsers.
const PAGE = 65_536;
/** As much as 32 bits can address. */
const MOST = 65_536;
const ALIGNMENT = 64;
const MB = 2 ** 20;

/**
 * V8 counts no shared memory when it decides whether to collect garbage, so that arenas would pile up. It counts these
 * buffers, which are as large, live as long and are never touched, so that the system gives them no memory.
 */
const counted = new WeakMap<WebAssembly.Memory, readonly ArrayBuffer[]>();

/**
 * The memory of one piece of work, which its threads share: arrays are laid out one after the other, and given up
 * together with the arena. Each begins at a multiple of 64 bytes, and its `byteOffset` is its address for the kernels.
 */
export class Arena {
  readonly memory: WebAssembly.Memory;
  /** The first page belongs to the compiled module. */
  #end = PAGE;

  constructor() {
    try {
      this.memory = new WebAssembly.Memory({ initial: 1, maximum: MOST, shared: true });
    } catch (cause) {
      throw new RangeError('The kernels could not reserve 4,096 MB of address space: is there a limit on it (ulimit -v)?', { cause });
    }
  }

  /** `length` zeros. Throws RangeError where the memory does not suffice. */
  f64(length: number): Float64Array {
    const from = this.#take(length * 8);
    return new Float64Array(this.memory.buffer, from, length);
  }

  /** `length` zeros. Throws RangeError where the memory does not suffice. */
  f32(length: number): Float32Array {
    const from = this.#take(length * 4);
    return new Float32Array(this.memory.buffer, from, length);
  }

  /** `length` zeros. Throws RangeError where the memory does not suffice. */
  i32(length: number): Int32Array {
    const from = this.#take(length * 4);
    return new Int32Array(this.memory.buffer, from, length);
  }

  /** `length` zeros. Throws RangeError where the memory does not suffice. */
  i16(length: number): Int16Array {
    const from = this.#take(length * 2);
    return new Int16Array(this.memory.buffer, from, length);
  }

  /** `length` zeros. Throws RangeError where the memory does not suffice. */
  i8(length: number): Int8Array {
    const from = this.#take(length);
    return new Int8Array(this.memory.buffer, from, length);
  }

  /** Room for `bytes`; gives its address. Throws RangeError where the memory does not suffice. */
  #take(bytes: number): number {
    const from = this.#end;
    const end = from + Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    const missing = Math.ceil((end - this.memory.buffer.byteLength) / PAGE);
    if (missing > 0) this.#grow(missing, bytes);
    this.#end = end;
    return from;
  }

  #grow(pages: number, bytes: number): void {
    try {
      this.memory.grow(pages);
      counted.set(this.memory, [...(counted.get(this.memory) ?? []), new ArrayBuffer(pages * PAGE)]);
    } catch (cause) {
      const wanted = Math.ceil(bytes / MB).toLocaleString('en');
      const held = Math.round(this.#end / MB).toLocaleString('en');
      throw new RangeError(`The kernels need ${wanted} MB more than the ${held} MB they have, and cannot get them: at most 4,096 MB are possible.`, {
        cause,
      });
    }
  }
}

/** `rows` × `columns` numbers, as rows of `stride` ≥ columns: the rest of each row stays as it is. */
export function spread(from: Float32Array, columns: number, into: Float32Array, stride: number): void {
  if (columns === stride) return into.set(from);
  for (let row = 0; row * columns < from.length; row++) into.set(from.subarray(row * columns, (row + 1) * columns), row * stride);
}

/** The way back: the first `columns` numbers of each row, in memory of their own. */
export function gather(from: Float32Array, stride: number, columns: number): Float32Array {
  const rows = from.length / stride;
  const into = new Float32Array(rows * columns);
  if (columns === stride) into.set(from);
  else for (let row = 0; row < rows; row++) into.set(from.subarray(row * stride, row * stride + columns), row * columns);
  return into;
}
