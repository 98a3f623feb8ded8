import { readdirSync } from 'node:fs';
import type { AnyPlugin } from '../../core/plugin.ts';
import { algorithmContract } from './contract.ts';

const folder = new URL('../../plugins/algorithms/', import.meta.url);

/** Every folder of an algorithm is under the contract, without being named here. */
for (const name of readdirSync(folder)) {
  const { default: plugin } = (await import(new URL(`${name}/index.ts`, folder).href)) as { default: AnyPlugin };
  for (const algorithm of plugin.algorithms ?? []) algorithmContract(plugin, algorithm);
}
