import { Router, type Request } from 'express';
import { z } from 'zod';
import { notFound } from '../../../core/errors.ts';
import { idFrom, read } from '../../../core/http/form.ts';
import { requireRole } from '../../../core/http/request.ts';
import { experimentWith } from '../model.ts';
import { askForProof, proofAnswer, type ProofParts } from '../proof/store.ts';

const Asked = z.strictObject({ version: z.int('must be the version that you looked at') });

/** "Prove it to me": a draft's test on the site's own past. */
export function proofRoutes(parts: ProofParts): Router {
  return Router()
    .get('/experiments/:id/proof', async (request: Request, response) => {
      requireRole(request, 'manager');
      const id = idFrom(request.params['id'], 'experiment');
      if (!(await experimentWith(parts.sql, id))) throw notFound('experiment');
      response.json(await proofAnswer(parts.sql, id));
    })
    .post('/experiments/:id/proof', async (request: Request, response) => {
      const operator = requireRole(request, 'manager').id,
        id = idFrom(request.params['id'], 'experiment'),
        { version } = read(Asked, request.body);
      response.status(202).json({ run: await askForProof(parts, id, { operator, version, at: request.clock }) });
    });
}
