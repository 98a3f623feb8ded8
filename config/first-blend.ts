import type { z } from 'zod';
import type { BlendSpec } from '../core/recommend/blend-spec.ts';

/** The blend that a new site starts with. Operators change it in the console. */
export const firstBlend: { readonly name: string; readonly spec: z.input<typeof BlendSpec> } = {
  name: 'House blend',
  spec: { weights: { svd: 1, 'user-knn': 1, content: 0.4, popularity: 0.3, trending: 0.1 }, normalisation: 'standard', diversity: 0.15 },
};
