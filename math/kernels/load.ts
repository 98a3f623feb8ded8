import { readFileSync } from 'node:fs';
import type { Kernels } from './exports.ts';

/** `npm run build` puts the compiled modules beside this file's own compilation; the sources find them there too. */
const folder = new URL(import.meta.url.endsWith('.ts') ? '../../build/math/kernels/' : './', import.meta.url);

let relaxed: WebAssembly.Module | undefined;
let strict: WebAssembly.Module | undefined;

/**
 * The compiled kernels, with fused multiply-add where this Node.js has relaxed SIMD (from version 21 on).
 * @param exact never relaxed: the same bits on every machine
 */
export function kernelModule(exact = false): WebAssembly.Module {
  if (exact) return (strict ??= new WebAssembly.Module(read('strict')));
  return (relaxed ??= preferred());
}

function preferred(): WebAssembly.Module {
  const bytes = read('relaxed');
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : kernelModule(true);
}

/** The kernels over this memory, for the calling thread. */
export const instantiate = (module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels =>
  new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;

function read(name: 'strict' | 'relaxed'): Uint8Array<ArrayBuffer> {
  try {
    return readFileSync(new URL(`${name}.wasm`, folder));
  } catch (cause) {
    throw new Error('The compiled kernels are missing: run npm run build.', { cause });
  }
}
