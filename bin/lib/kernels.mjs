// Compiles math/kernels/assembly into build/math/kernels, once with and once without relaxed SIMD,
// unless the modules there were made from these very sources. A process of its own: the compiler takes 100 MB.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './child.mjs';
import { filesBelow, fingerprint } from './sources.mjs';
import { step } from './steps.mjs';

const folder = join(root, 'build/math/kernels');
// Written last: a build that failed or was killed is done again.
const stampFile = join(folder, '.stamp');
const features = { strict: ['simd', 'threads'], relaxed: ['simd', 'threads', 'relaxed-simd'] };
const options = [
  'math/kernels/assembly/index.ts',
  '-O3',
  '--noAssert',
  '--runtime=stub',
  '--use=abort=',
  // The vectors that functions hand to each other never leave the module.
  '--disableWarning=112',
  // One page for the module's own data, the rest is the arena's; as much as 32 bits can address.
  '--importMemory',
  '--sharedMemory',
  '--initialMemory=1',
  '--maximumMemory=65536',
];

const stamp = fingerprint(filesBelow('math/kernels/assembly'));
const current = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
const complete = Object.keys(features).every((name) => existsSync(join(folder, `${name}.wasm`)));
if (!current || !complete) process.exitCode = await step('Build the kernels', make);

async function make() {
  const { default: asc } = await import('assemblyscript/asc');
  mkdirSync(folder, { recursive: true });
  for (const name of Object.keys(features)) if (!(await compile(asc, name))) return 1;
  writeFileSync(stampFile, stamp);
  return 0;
}

/** Renamed when complete, for whoever loads it at this moment. */
async function compile(asc, name) {
  const part = `build/math/kernels/.${name}.${process.pid}`;
  const args = [...options, '--baseDir', root, '--outFile', part, ...features[name].flatMap((feature) => ['--enable', feature])];
  const { error } = await asc.main(args, { stdout: process.stdout, stderr: process.stderr });
  if (error) return false;
  renameSync(join(root, part), join(folder, `${name}.wasm`));
  return true;
}
