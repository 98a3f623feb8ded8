import { Arena } from './arena.ts';
import type { Kernels } from './exports.ts';
import { instantiate, kernelModule } from './load.ts';
import { padded } from './sizes.ts';

/** Where the kernels reach them: one array of scores and one of sums. */
interface Room {
  readonly kernels: Kernels;
  readonly values: Float32Array;
  readonly sums: Float32Array;
}

/** Reused by all calls in this thread: they are synchronous, so nobody else is writing. */
let room: Room | undefined;
function roomFor(length: number): Room {
  if (!room || room.values.length < length) {
    const arena = new Arena(),
      size = padded(length, 4);
    room = { values: arena.f32(size), sums: arena.f32(size), kernels: instantiate(kernelModule(), arena.memory) };
  }
  return room;
}

/** An array of so many numbers that standardise() reaches without a copy. It holds them until the next call of any of these. */
export const scratch = (length: number): Float32Array => roomFor(length).values.subarray(0, length);

/**
 * Turns scores into z-scores, in place, so that different scales can be added: mean 0 and (population) standard deviation 1
 * over the finite ones. All 0 where they do not differ; what is not finite becomes NaN.
 * @returns how many are finite
 */
export function standardise(scores: Float32Array): number {
  const { kernels, values } = roomFor(scores.length),
    size = padded(scores.length, 4),
    here = scores.buffer === values.buffer;
  if (!here) values.set(scores);
  values.fill(Number.NaN, scores.length, size);
  const known = kernels.standardise(values.byteOffset, size);
  if (!here) scores.set(values.subarray(0, scores.length));
  return known;
}

/** The sum of the arrays, each times its weight, into `out`; NaN in an array counts as 0, NaN in all of them is NaN. */
export function weightedSum(parts: readonly { readonly values: Float32Array; readonly weight: number }[], out: Float32Array): void {
  const { kernels, values: part, sums } = roomFor(out.length);
  sums.fill(Number.NaN);
  for (const { values, weight } of parts) {
    part.set(values);
    kernels.addWeighted(part.byteOffset, weight, padded(out.length, 4), sums.byteOffset);
  }
  out.set(sums.subarray(0, out.length));
}
