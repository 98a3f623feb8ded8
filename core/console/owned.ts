import type { AnyPlugin } from '../plugin.ts';
import type { ConsolePart } from './part.ts';

/** A part of the console and the plugin (or "core") that it belongs to. */
export interface Owned {
  readonly owner: string;
  readonly part: ConsolePart;
}

export const partsOf = (plugins: readonly AnyPlugin[]): Owned[] => plugins.flatMap(({ id, console: part }) => (part ? [{ owner: id, part }] : []));
