import { z } from 'zod';
import { badRequest, notFound, unavailable } from '../../errors.ts';
import type { LoadedModel } from '../../../recommend/models/stored.ts';
import { candidatesFor } from '../../../recommend/1-candidates.ts';
import type { AnyAlgorithm, Viewer } from '../../../recommend/algorithm.ts';
import { Catalogues, type Catalogue } from '../../../recommend/ports.ts';
import { topK } from '../../../math/top-k.ts';
import type { ConsoleDeps } from '../ports.ts';

const size = 12;
const id = (what: string) => z.coerce.number(what).int(what).min(1, what).max(2_147_483_647, what);
export const comparison = z.object({ before: id('choose a version'), after: id('choose a version'), unit: id('choose a viewer') });

/**
 * What two stored versions of one algorithm would list for a viewer by themselves, from the live history, without putting
 * either in service. Updates are left out: compared is what training made.
 * @throws AppError when a version is missing or broken, or when they are of different algorithms
 */
export async function compareVersions(deps: ConsoleDeps, { before, after, unit }: z.output<typeof comparison>, now: Date): Promise<object> {
  const { host, models, recommender, refuseUnknown } = deps,
    catalogue = host.find(Catalogues)?.current();
  if (!catalogue) throw unavailable('The catalogue is being loaded. Try again in a moment.');
  await refuseUnknown(unit);
  const algorithm = await algorithmOf(deps, [before, after]);
  // One after the other: two large models need not be read at once.
  const first = await models.version(before),
    second = await models.version(after);
  const { viewer } = await recommender.open(unit, now);
  return { before: listOf(algorithm, first, viewer, catalogue), after: listOf(algorithm, second, viewer, catalogue), films: viewer.films.length };
}

async function algorithmOf({ models, plugins }: ConsoleDeps, ids: readonly number[]): Promise<AnyAlgorithm> {
  const versions = await models.versions();
  const owners = new Set(ids.map((one) => versions.find((version) => version.id === one)?.algorithm));
  if (owners.has(undefined)) throw notFound('model version');
  if (owners.size > 1) throw badRequest('Choose two versions of the same algorithm.');
  const algorithm = plugins.flatMap((plugin) => plugin.algorithms ?? []).find((one) => owners.has(one.id));
  if (!algorithm) throw notFound('algorithm');
  return algorithm;
}

/** The best unseen films, with the scores as the algorithm gives them: those of two versions need not be on one scale. */
function listOf(algorithm: AnyAlgorithm, { films, model }: LoadedModel, viewer: Viewer, catalogue: Catalogue): object[] {
  if (films > catalogue.size) throw unavailable('This version knows films that the catalogue of this process does not. Try again in a moment.');
  const scores = new Float32Array(catalogue.size).fill(Number.NaN),
    { unseen } = candidatesFor(viewer, catalogue),
    best = new Int32Array(size);
  algorithm.score(model, viewer, scores);
  return Array.from(best.subarray(0, topK(scores, best, unseen)), (film) => {
    const { id: number, title, year } = catalogue.cards[film]!;
    return { id: number, title, year, score: scores[film]! };
  });
}
