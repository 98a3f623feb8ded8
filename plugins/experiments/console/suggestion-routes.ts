import { Router } from 'express';
import { z } from 'zod';
import type { Sql } from '../../../core/database/sql.ts';
import { notFound } from '../../../core/errors.ts';
import { read } from '../../../core/http/form.ts';
import { requireRole } from '../../../core/http/request.ts';
import type { Blends } from '../../../recommend/blends.ts';
import type { Recommender } from '../../../recommend/index.ts';
import type { Experiments } from '../service.ts';
import { draftFor } from '../suggestion/draft.ts';
import { latestSuggestion } from '../suggestion/latest.ts';

interface Parts {
  readonly sql: Sql;
  readonly blends: Pick<Blends, 'latest' | 'version'>;
  readonly recommender: Pick<Recommender, 'algorithms'>;
  readonly experiments: Pick<Experiments, 'create'>;
}
const Asked = z.strictObject({ run: z.int('must be the run that worked them out').positive('must be the run that worked them out') });

/** From suggested weights to a draft that tests them. */
export function suggestionRoutes({ sql, blends, recommender, experiments }: Parts): Router {
  return Router().post('/from-suggestion', async (request, response) => {
    const operator = requireRole(request, 'manager').id,
      { run } = read(Asked, request.body),
      { suggestion, at } = await latestSuggestion(sql, run);
    const of = blends.version(suggestion.version)?.blend,
      blend = blends.latest().find((one) => one.blend === of);
    if (!blend) throw notFound('blend');
    const on = new Set(recommender.algorithms().map(({ algorithm }) => algorithm.id));
    const { id } = await experiments.create(draftFor(suggestion, blend, on, at), operator, 'create-suggested');
    response.status(201).json({ id, page: `experiments?id=${id}` });
  });
}
