import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './child.mjs';

/** The folders that become build/. */
const folders = ['core', 'i18n', 'recommend', 'math', 'plugins', 'views', 'jobs', 'config', 'bench'];

export const sourceFiles = () => folders.filter((folder) => existsSync(join(root, folder))).flatMap(filesBelow);

/** All files below a folder, as paths from Marquee's folder with `/`, without the hidden ones that editors leave. */
export function filesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.name.endsWith('~'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'));
}

/** Names, sizes and times of everything that a build is made from. Reads no contents, so that it takes milliseconds. */
export function fingerprint(sources) {
  const hash = createHash('sha256');
  const also = ['package-lock.json', 'tsconfig.json', 'bin/tsconfig.build.json', 'bin/lib/compile.mjs', 'bin/lib/kernels.mjs'];
  for (const file of [...sources, ...also].sort()) {
    // An editor may replace it at this very moment.
    const stat = statSync(join(root, file), { throwIfNoEntry: false });
    hash.update(`${file} ${stat?.size} ${stat?.mtimeMs}\n`);
  }
  return hash.digest('hex');
}
