import { z } from 'zod';
import { defineAlgorithm } from '../../core/plugin.ts';
import { encode } from '../../recommend/models/format.ts';
import type { Booted } from '../harness/app.ts';

/** Likes films in the order of its model, first to last or last to first. */
export const ordered = defineAlgorithm({
  id: 'svd',
  title: 'In order',
  description: 'Films in an order.',
  settings: z.object({}),
  train: ({ films }) => ({ order: Float32Array.from(films, (_, film) => film) }),
  score: ({ order }, _viewer, out) => {
    out.set(order.subarray(0, out.length));
  },
});

/** Puts a model in service that likes films as the numbers say. @returns its id */
export async function publishOrder({ models }: Booted, order: Float32Array): Promise<number> {
  const { id } = await models.publish({
    algorithm: 'svd',
    bytes: encode({ order }),
    settings: {},
    films: order.length,
    ratings: 0,
    metrics: { hitRate10: 0, ndcg10: 0, coverage10: 0, viewers: 0 },
    fingerprint: 'test',
    seconds: 0,
  });
  await models.refresh();
  return id;
}
