import { existsSync } from 'node:fs';
import type { AnyPlugin } from '../../core/plugin.ts';
import { algorithmContract } from './contract.ts';
for (const name of ['ease', 'item-knn', 'user-knn', 'content']) {
  const url = new URL(`../../plugins/algorithms/${name}/index.ts`, import.meta.url);
  if (!existsSync(url)) continue;
  const { default: plugin } = (await import(url.href)) as { default: AnyPlugin };
  for (const algorithm of plugin.algorithms ?? []) algorithmContract(plugin, algorithm);
}
