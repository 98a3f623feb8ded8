import type { z } from 'zod';
import { badRequest } from '../../core/errors.ts';
import { BlendSpec } from '../../recommend/blend-spec.ts';
import { alone, together, type Entrant } from '../../jobs/evaluation/contestants.ts';
import { firstBlend } from '../first-blend.ts';
import { contestantsOf, find, installed, wishOf } from './settings.ts';

/**
 * What a command is to measure.
 * @param algorithm ids with commas between; "all" is every one by itself, "blend" several together
 * @param weights of the blend, "ease=1,ials=.3"; without them those of a new site
 */
export function entrantsOf({
  algorithm,
  weights,
  set,
}: {
  readonly algorithm: string;
  readonly weights: string | undefined;
  readonly set: readonly string[];
}): Entrant[] {
  const names = algorithm.split(','),
    ids = names.flatMap((name) => (name === 'all' ? installed.map((one) => one.algorithm.id) : name === 'blend' ? [] : [find(name).algorithm.id]));
  if (weights !== undefined && !names.includes('blend')) throw badRequest('--weights are those of a blend: add it, as in --algorithm blend.');
  const spec = names.includes('blend') ? blendOf(weights) : undefined,
    contestants = contestantsOf([...ids, ...Object.keys(spec?.weights ?? {})], set.map(wishOf));
  const of = (wanted: readonly string[]) => contestants.filter(({ algorithm: { id } }) => wanted.includes(id));
  return [...of(ids).map(alone), ...(spec ? [together(of(Object.keys(spec.weights)), spec)] : [])];
}

function blendOf(weights: string | undefined): BlendSpec {
  const spec: z.input<typeof BlendSpec> = weights === undefined ? firstBlend.spec : { weights: weightsOf(weights) };
  const parsed = BlendSpec.safeParse({
    ...spec,
    weights: Object.fromEntries(Object.entries(spec.weights).filter(([id]) => weights !== undefined || isInstalled(id))),
  });
  if (!parsed.success) throw badRequest(`--weights: ${parsed.error.issues[0]!.message}. They must look like ease=1,ials=.3`);
  return parsed.data;
}
const isInstalled = (id: string): boolean => installed.some(({ algorithm }) => algorithm.id === id);

const weightsOf = (text: string): Record<string, number> =>
  Object.fromEntries(
    text.split(',').map((part) => {
      const [id = '', weight = ''] = part.split('=');
      return [find(id).algorithm.id, weight === '' ? NaN : Number(weight)];
    }),
  );
