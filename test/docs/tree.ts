import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A folder that looks like Marquee's: what may change is copied, the rest is linked. */
export function temporaryTree({ copied, linked }: { readonly copied: readonly string[]; readonly linked: readonly string[] }): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-tree-'));
  for (const path of [...copied, ...linked]) mkdirSync(dirname(join(folder, path)), { recursive: true });
  for (const path of copied) cpSync(join(root, path), join(folder, path), { recursive: true });
  for (const path of linked) symlinkSync(join(root, path), join(folder, path));
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
