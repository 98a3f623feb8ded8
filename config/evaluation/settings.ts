import type { z } from 'zod';
import { badRequest } from '../../core/errors.ts';
import type { AnyPlugin } from '../../core/plugin.ts';
import type { AnyAlgorithm } from '../../recommend/algorithm.ts';
import type { Contestant } from '../../jobs/evaluation/contestants.ts';
import { plugins } from '../plugins.ts';

/** "ials.factors=64" is meant for one algorithm, "factors=64" for all that have such a setting. */
export interface Wish {
  readonly algorithm: string | undefined;
  readonly name: string;
  readonly value: string;
}

export interface Installed {
  readonly plugin: AnyPlugin;
  readonly algorithm: AnyAlgorithm;
}
export const installed: readonly Installed[] = plugins.flatMap((plugin) => (plugin.algorithms ?? []).map((algorithm) => ({ plugin, algorithm })));

/** @throws 400 that lists those that there are */
export function find(id: string): Installed {
  const found = installed.find(({ algorithm }) => algorithm.id === id);
  if (!found) throw badRequest(`There is no algorithm "${id}": choose among ${installed.map(({ algorithm }) => algorithm.id).join(', ')}.`);
  return found;
}

export function wishOf(text: string): Wish {
  const [, algorithm, name, value] = /^(?:([a-z0-9-]+)\.)?([A-Za-z][\w-]*)=(.+)$/.exec(text) ?? [];
  if (name === undefined) throw badRequest(`"${text}" must be NAME=VALUE or ALGORITHM.NAME=VALUE, as in factors=64 or ials.factors=64.`);
  return { algorithm, name, value: value! };
}

/**
 * The algorithms with the default settings of their plugins and what is wished.
 * @throws 400 for a wish that none of them understands
 */
export function contestantsOf(ids: readonly string[], wishes: readonly Wish[]): Contestant[] {
  const chosen = [...new Set(ids)].map(find);
  for (const wish of wishes)
    if (!chosen.some((one) => concerns(wish, one)))
      throw badRequest(`None of ${ids.join(', ')} has the setting "${nameOf(wish)}".\n${settingsInWords(chosen)}`);
  return chosen.map((one) => ({
    algorithm: one.algorithm,
    settings: settingsOf(
      one,
      wishes.filter((wish) => concerns(wish, one)),
    ),
  }));
}

const nameOf = ({ algorithm, name }: Wish): string => (algorithm === undefined ? name : `${algorithm}.${name}`);
const shapeOf = ({ plugin }: Installed): Readonly<Record<string, z.ZodType>> => (plugin.config?.shape ?? {}) as Record<string, z.ZodType>;
const concerns = ({ algorithm, name }: Wish, one: Installed): boolean =>
  name in shapeOf(one) && (algorithm === undefined || algorithm === one.algorithm.id);

/** Which settings some algorithms have, for messages. */
export const settingsInWords = (some: readonly Installed[]): string =>
  some.map((one) => `  ${one.algorithm.id}: ${Object.keys(shapeOf(one)).join(', ') || 'no settings'}`).join('\n');

function settingsOf(one: Installed, wishes: readonly Wish[]): object {
  const schema = one.plugin.config as z.ZodObject | undefined,
    parsed = schema?.safeParse(Object.fromEntries(wishes.map(({ name, value }) => [name, valueOf(shapeOf(one)[name]!, value)])));
  if (parsed && !parsed.success)
    throw badRequest(parsed.error.issues.map(({ path, message }) => `${one.algorithm.id}.${path.join('.')}: ${message}`).join('\n'));
  return parsed?.data ?? {};
}

/** What a word of the command line is as a value of this type: a number, yes or no, or the word itself. */
function valueOf(type: z.ZodType, text: string): unknown {
  const readings = [text, Number(text), text === 'true' ? true : text === 'false' ? false : text];
  return readings.find((reading) => type.safeParse(reading).success) ?? (Number.isNaN(Number(text)) ? text : Number(text));
}
