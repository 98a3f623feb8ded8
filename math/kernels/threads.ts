import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Arena } from './arena.ts';
import type { Kernels, ParallelName } from './exports.ts';
import { instantiate, kernelModule } from './load.ts';

/** How a piece of work is done; every long computation over the kernels takes it. */
export interface Work {
  /** How many share it. 1, unless given: the calling thread, which sees to other things in between. */
  readonly threads?: number;
  /** Ends it early: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told the share that is done, ascending up to 1. */
  readonly progress?: (fraction: number) => void;
  /** The same bits on every machine, at the price of some speed. */
  readonly strict?: boolean;
}

/** What is done to each of `total` equal parts, `step` of them at a time. */
export interface Task {
  readonly kernel: ParallelName;
  readonly total: number;
  readonly step: number;
  /** what the kernel takes beside its scratch and its chunk */
  readonly same: readonly number[];
}

/** Those who do a task together, each with the kernels over the same memory. */
export interface Team {
  /** The calling thread's own kernels, for steps between tasks. */
  readonly kernels: Kernels;
  /** Resolves when every part is done. Rejected with the signal's reason, or with what a thread threw. */
  run(task: Task): Promise<void>;
}

/** A thread that computes sees to timers and signals this often, in milliseconds. */
const BREATH = 20;

/**
 * Has a piece of work done by as many threads as it asks for, which end with it, however it ends.
 * @param scratch bytes that each thread gets for itself, zeros at first, at a multiple of 64
 */
export async function together<T>(arena: Arena, work: Work, scratch: number, body: (team: Team) => Promise<T>): Promise<T> {
  const { threads = 1, signal, strict } = work;
  if (!Number.isInteger(threads) || threads < 1) throw new RangeError(`There cannot be ${threads} threads.`);
  signal?.throwIfAborted();
  const module = kernelModule(strict);
  const kernels = instantiate(module, arena.memory);
  const rooms = Array.from({ length: threads }, () => arena.i32(Math.ceil(scratch / 4)).byteOffset);
  if (threads === 1) return body({ kernels, run: alone(kernels, rooms[0]!, signal) });
  const counter = arena.i32(1);
  const members = rooms.map((room) => member({ module, memory: arena.memory, scratch: room, counter: counter.byteOffset }));
  try {
    await heard(members, signal);
    return await body({ kernels, run: shared(members, counter, signal) });
  } finally {
    await Promise.all(members.map((thread) => thread.terminate()));
  }
}

const member = (workerData: object): Worker => new Worker(new URL('./member.mjs', import.meta.url), { workerData });

/** The calling thread does all of it. */
function alone(kernels: Kernels, scratch: number, signal: AbortSignal | undefined): Team['run'] {
  let breath = performance.now();
  return async ({ kernel, total, step, same }) => {
    for (let from = 0; from < total; from += step) {
      if (performance.now() - breath > BREATH) {
        await setImmediate();
        breath = performance.now();
      }
      signal?.throwIfAborted();
      kernels[kernel](scratch, from, Math.min(total, from + step), ...same);
    }
  };
}

/** The members take chunks from a common counter, so that a slow one takes fewer. */
function shared(members: readonly Worker[], counter: Int32Array, signal: AbortSignal | undefined): Team['run'] {
  return async (task) => {
    signal?.throwIfAborted();
    counter[0] = 0;
    const done = heard(members, signal);
    for (const thread of members) thread.postMessage(task);
    await done;
  };
}

/** When each member has said something. */
async function heard(members: readonly Worker[], signal: AbortSignal | undefined): Promise<void> {
  try {
    await Promise.all(members.map((thread) => once(thread, 'message', { signal })));
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
