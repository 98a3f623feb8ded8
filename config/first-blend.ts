import type { z } from 'zod';
import type { BlendSpec } from '../recommend/blend-spec.ts';

/**
 * The blend that a new site starts with. Operators change it in the console. The weights were learned there, by "Suggested
 * weights" on the built-in data; sites with data of their own learn their own.
 */
export const firstBlend: { readonly name: string; readonly spec: z.input<typeof BlendSpec> } = {
  name: 'House blend',
  spec: {
    weights: { ials: 1, ease: 0.8, 'user-knn': 0.35, 'item-knn': 0.1, ncf: 0.1, svd: 0.1, popularity: 0.1, content: 0.05, trending: 0.05 },
    newcomers: { upTo: 5, weights: { 'user-knn': 1, ials: 0.15, svd: 0.15, popularity: 0.15, content: 0.05 } },
    normalisation: 'standard',
    diversity: 0.15,
  },
};
