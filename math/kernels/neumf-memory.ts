import type { Arena } from './arena.ts';
import type { Address } from './exports.ts';
import type { NeumfShape } from './neumf-network.ts';

/** Words of 32 bits that a kernel reads as a structure: integers and addresses, or single-precision numbers. */
export class Structure {
  readonly address: Address;
  readonly #integers: Int32Array;
  readonly #numbers: Float32Array;

  constructor(arena: Arena, words: number) {
    this.#integers = arena.i32(words);
    this.address = this.#integers.byteOffset;
    this.#numbers = new Float32Array(this.#integers.buffer, this.address, words);
  }

  /** From word `at` on. An address beyond 2³¹ keeps its bits. */
  integers(at: number, ...values: number[]): void {
    this.#integers.set(values, at);
  }

  numbers(at: number, ...values: number[]): void {
    this.#numbers.set(values, at);
  }
}

/** A network in an arena. */
export interface PlacedNet extends NeumfShape {
  readonly users: Address;
  readonly items: Address;
  readonly dense: Float32Array;
  /** numbers of dense parameters; `dense` may go on with their moments */
  readonly size: number;
  /** bytes from an embedding to its moments */
  readonly first?: number;
  readonly second?: number;
}

/** Bytes of all hidden layers' activations. */
export const innerBytes = ({ layers }: NeumfShape): number => 4 * layers.reduce((sum, width) => sum + width, 0);

/** The `Net` of math/kernels/assembly/neumf-net.ts; gives its address. */
export function placeNet(arena: Arena, net: PlacedNet): Address {
  const { factors, layers, users, items, dense, size, first = 0, second = 0 } = net;
  const widths = arena.i32(Math.max(1, layers.length));
  widths.set(layers.map((width) => 4 * width));
  const structure = new Structure(arena, 12);
  const parts = [factors * 4, (layers[0] ?? 0) * 4, users, items, dense.byteOffset, size * 4];
  structure.integers(0, ...parts, widths.byteOffset, layers.length, (layers.at(-1) ?? 0) * 4, innerBytes(net), first, second);
  return structure.address;
}
