import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './child.mjs';
import { fail, skipped, step } from './steps.mjs';

const lockFile = join(root, 'package-lock.json');
const stampFile = join(root, 'node_modules', '.marquee-lock');
/** npm's own record of what lies in node_modules, which it writes last. */
const recordFile = join(root, 'node_modules', '.package-lock.json');

/** Installs what package-lock.json asks for, unless it is there. */
export async function ensureInstalled({ quiet = false } = {}) {
  const since = performance.now();
  const wanted = stampOf(readFileSync(lockFile));
  if (read(stampFile) === wanted || agrees()) {
    if (!quiet) skipped('Install the packages', since);
  } else {
    await install();
  }
  if (read(stampFile) !== wanted) writeFileSync(stampFile, wanted);
}

async function install() {
  // Gone before npm begins, so that an install that was killed is done again.
  for (const file of [stampFile, recordFile]) rmSync(file, { force: true });
  const count = Object.keys(packagesIn(lockFile)).length - 1;
  // The compiler is a development dependency, and NODE_ENV=production would leave it out.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await step(`Install the packages (up to ${count})`, () => run('npm', args));
  if (code !== 0) fail("The packages could not be installed: see npm's message above (is the registry reachable?). Then start again.");
}

/** The binaries among the packages are for one platform. */
const stampOf = (lock) => `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.arch}\n`;

/** Whether npm was run by hand and all packages are there. */
function agrees() {
  if (!existsSync(recordFile)) return false;
  const present = packagesIn(recordFile);
  return Object.entries(packagesIn(lockFile)).every(
    ([path, wanted]) => path === '' || (path in present ? present[path].integrity === wanted.integrity : wanted.optional === true),
  );
}

const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
