import { Router, type Request } from 'express';
import { z } from 'zod';
import type { Sql } from '../../../core/database/sql.ts';
import { notFound } from '../../../core/errors.ts';
import { idFrom, read } from '../../../core/http/form.ts';
import { requireRole } from '../../../core/http/request.ts';
import type { Blends } from '../../../recommend/blends.ts';
import { allExperiments, experimentWith, type Experiment } from '../model.ts';
import { resultsOf, type Results } from '../results/index.ts';
import type { Change, Experiments } from '../service.ts';
import { answerOf, choicesOf, lineOf } from './views.ts';

export interface Parts {
  readonly sql: Sql;
  readonly blends: Blends;
  readonly experiments: Experiments;
}

const Version = z.object({ version: z.int('must be the version that you looked at') });
type Step = (id: number, input: object, change: Change) => Promise<Experiment>;

/** Data of the console's experiment pages. */
export function experimentRoutes({ sql, blends, experiments }: Parts): Router {
  const router = Router(),
    summary = summaries(sql);
  router.get('/experiments', async (request, response) => {
    requireRole(request, 'manager');
    const all = await allExperiments(sql);
    const lines = all.map(async (one) => lineOf(one, await summary(one, request.clock)));
    response.json({ experiments: await Promise.all(lines), blends: choicesOf(blends) });
  });
  router.get('/experiments/:id', async (request, response) => {
    requireRole(request, 'manager');
    const experiment = await experimentWith(sql, idFrom(request.params.id, 'experiment'));
    if (!experiment) throw notFound('experiment');
    response.json(await answerOf({ sql, blends }, experiment, request.clock));
  });
  router.post('/experiments', async (request, response) => {
    const operator = requireRole(request, 'manager').id;
    response.status(201).json({ id: (await experiments.create(request.body, operator)).id });
  });

  const step = (path: string, work: Step): void =>
    void router.post(`/experiments/:id${path}`, async (request: Request<{ id: string }>, response) => {
      const operator = requireRole(request as unknown as Request, 'manager').id;
      const { version, ...input } = read(Version.loose(), request.body);
      const after = await work(idFrom(request.params.id, 'experiment'), input, { operator, version, at: request.clock });
      response.json({ id: after.id, version: after.version, status: after.status });
    });
  step('', (id, input, change) => experiments.edit(id, input, change));
  step('/delete', (id, _input, change) => experiments.delete(id, change));
  step('/launch', (id, _input, change) => experiments.launch(id, change));
  step('/pause', (id, _input, change) => experiments.pause(id, change));
  step('/resume', (id, _input, change) => experiments.resume(id, change));
  step('/stop', (id, input, change) => experiments.stop(id, input, change));
  return router;
}

/** How experiments stand, for the list. Nobody is shown one that was stopped, so its numbers are worked out once. */
function summaries(sql: Sql): (experiment: Experiment, now: Date) => Promise<Results | undefined> {
  const ended = new Map<number, Promise<Results>>();
  return async (experiment, now) => {
    if (experiment.status === 'draft') return undefined;
    const known = ended.get(experiment.id) ?? resultsOf(sql, experiment, now);
    if (experiment.status === 'stopped') ended.set(experiment.id, known);
    return known.catch((error: unknown) => {
      ended.delete(experiment.id);
      throw error;
    });
  };
}
