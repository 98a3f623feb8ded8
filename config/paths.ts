import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Marquee's own folder: the code runs from build/ in production and from the sources in tests. */
export const projectRoot = findRoot(import.meta.dirname);
/** where the build leaves the console's components for the browser */
export const consoleFolder = join(projectRoot, 'build', 'adminjs');

function findRoot(folder: string): string {
  if (isRoot(folder)) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('There is no package.json of Marquee above its code: keep build/ inside the checkout.');
  return findRoot(parent);
}

function isRoot(folder: string): boolean {
  const file = join(folder, 'package.json');
  return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'marquee';
}
