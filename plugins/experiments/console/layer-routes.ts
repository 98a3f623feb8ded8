import { Router, type Request } from 'express';
import { z } from 'zod';
import { idFrom, read } from '../../../core/http/form.ts';
import { requireRole } from '../../../core/http/request.ts';
import type { Layers } from '../layers/service.ts';
import type { Experiments } from '../service.ts';

const Version = z.looseObject({ version: z.int('must be the version that you looked at') });
const Ending = z.object({ reason: z.string('Say why, in a sentence.') });

/** Layers and holdouts, for the console. */
export function layerRoutes(layers: Layers, experiments: Experiments): Router {
  const operatorOf = (request: unknown): number => requireRole(request as Request, 'manager').id;
  return Router()
    .get('/layers', async (request, response) => {
      operatorOf(request);
      response.json(await layers.all());
    })
    .post('/layers', async (request, response) => {
      response.status(201).json(await layers.create(request.body, operatorOf(request)));
    })
    .post('/layers/:id', async (request, response) => {
      const operator = operatorOf(request),
        { version, ...input } = read(Version, request.body);
      response.json(await layers.edit(idFrom(request.params.id, 'layer'), input, { operator, version }));
    })
    .post('/layers/:id/delete', async (request, response) => {
      const operator = operatorOf(request),
        { version } = read(Version, request.body);
      response.json(await layers.delete(idFrom(request.params.id, 'layer'), { operator, version }));
    })
    .post('/holdouts', async (request, response) => {
      const { id } = await layers.holdOut(request.body, operatorOf(request), request.clock);
      response.status(201).json({ id });
    })
    .post('/holdouts/:id/end', async (request, response) => {
      const operator = operatorOf(request),
        { version, ...input } = read(Version, request.body),
        verdict = { decision: 'keep', reason: read(Ending, input).reason };
      const { id } = await experiments.stop(idFrom(request.params.id, 'holdout'), verdict, { operator, version, at: request.clock });
      response.json({ id });
    });
}
