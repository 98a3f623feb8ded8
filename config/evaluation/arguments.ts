import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { badRequest } from '../../core/errors.ts';
import { preferring as allPreferring, type Preferring } from '../../jobs/evaluation/data-set.ts';
import { protocols, usualPreferring, type Protocol } from '../../jobs/evaluation/plan.ts';
import type { Sources } from './read.ts';

export const commonOptions = {
  data: { type: 'string' },
  metadata: { type: 'string' },
  train: { type: 'string' },
  test: { type: 'string' },
  negatives: { type: 'string' },
  protocol: { type: 'string' },
  preferences: { type: 'string' },
  algorithm: { type: 'string' },
  set: { type: 'string', multiple: true },
  threads: { type: 'string' },
  seed: { type: 'string' },
  json: { type: 'boolean' },
  markdown: { type: 'boolean' },
} as const;

/** What both commands are told. */
export interface Common {
  readonly sources: Sources;
  readonly protocol: Protocol;
  readonly preferring: Preferring;
  readonly algorithm: string;
  /** "name=value" or "algorithm.name=value" */
  readonly set: readonly string[];
  readonly threads: number;
  readonly seed: number;
  readonly form: Form;
}
export type Form = 'text' | 'json' | 'markdown';

export const commonUsage = `  --data         a MovieLens folder or zip (movies.csv and ratings.csv, or movies.dat and ratings.dat)
  --metadata     a file of JSON lines with plots, people and keywords of its films
  --train --test [--negatives]
                 the files of a published split (He et al. 2017): user, item, rating and time, apart by tabs. The films are
                 those of --data, where it is given and item_id_map.csv lies beside the training file.
  --protocol     ${protocols.join(' | ')}
  --preferences  ${allPreferring.join(' | ')}: whether every rating counts the same, or by its stars as on the site.
                 By default equal for leave-one-out and full-ranking, stars for temporal and rating.
  --set          NAME=VALUE or ALGORITHM.NAME=VALUE: a setting of an algorithm, any number of times
  --threads      threads for training, 1
  --seed         of splits, training and intervals, 1
  --json         everything as JSON
  --markdown     tables for documents`;

/** @throws 400 with what is wrong, or with the usage */
export function parse<T extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(args: readonly string[], options: T, usage: string) {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw badRequest(`${(error as Error).message}\n\n${usage}`);
  }
}

type Values = { [name in keyof typeof commonOptions]?: string | boolean | string[] | undefined };

export function commonOf(values: Values, usage: string): Common {
  const text = (name: keyof Values): string | undefined => values[name] as string | undefined;
  const protocol = oneOf('--protocol', text('protocol'), protocols, usage);
  const algorithm = text('algorithm');
  if (!algorithm) throw badRequest(`--algorithm is missing.\n\n${usage}`);
  const preferences = text('preferences');
  return {
    sources: sourcesOf(text, usage),
    protocol,
    preferring: preferences === undefined ? usualPreferring[protocol] : oneOf('--preferences', preferences, allPreferring, usage),
    algorithm,
    set: (values.set as string[] | undefined) ?? [],
    threads: whole('--threads', text('threads'), { usual: 1, least: 1, most: 256 }),
    seed: whole('--seed', text('seed'), { usual: 1, least: 0, most: 2 ** 31 }),
    form: values.json ? 'json' : values.markdown ? 'markdown' : 'text',
  };
}

/** @throws 400 where what is needed is missing, or does not go together */
export function sourcesOf(text: (name: keyof Values) => string | undefined, usage: string): Sources {
  const path = (name: keyof Values): string | undefined => (text(name) === undefined ? undefined : resolve(text(name)!));
  const [data, metadata, train, test, negatives] = [path('data'), path('metadata'), path('train'), path('test'), path('negatives')];
  if ((train === undefined) !== (test === undefined)) throw badRequest('--train and --test go together: give both files, or neither.');
  if (negatives !== undefined && train === undefined) throw badRequest('--negatives needs --train and --test, the files of the same split.');
  if (metadata !== undefined && data === undefined) throw badRequest('--metadata adds to the films of --data: give that folder, too.');
  if (data === undefined && train === undefined) throw badRequest(`--data is missing.\n\n${usage}`);
  return { data, metadata, split: train === undefined ? undefined : { train, test: test!, negatives } };
}

function oneOf<T extends string>(name: string, value: string | undefined, known: readonly T[], usage: string): T {
  if (value === undefined) throw badRequest(`${name} is missing: choose among ${known.join(', ')}.\n\n${usage}`);
  const found = known.find((one) => one === value);
  if (!found) throw badRequest(`${name} ${value} is not known: choose among ${known.join(', ')}.`);
  return found;
}

export function whole(name: string, value: string | undefined, { usual, least, most }: Readonly<Record<'usual' | 'least' | 'most', number>>): number {
  const number = value === undefined ? usual : Number(value);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw badRequest(`${name} ${value} must be a whole number from ${least} to ${most}.`);
}
