import { Router, type Request } from 'express';
import { z } from 'zod';
import type { Sql } from '../../../core/database/sql.ts';
import { notFound } from '../../../core/errors.ts';
import { idFrom, read } from '../../../core/http/form.ts';
import { requireRole } from '../../../core/http/request.ts';
import type { Blends } from '../../../recommend/blends.ts';
import type { Measures } from '../../../recommend/measures.ts';
import type { ModelRegistry } from '../../../recommend/models/registry.ts';
import type { Recommender } from '../../../recommend/index.ts';
import type { Here } from '../country/here.ts';
import { audienceOf } from '../assignment/audience.ts';
import type { Links } from '../look/links.ts';
import { allExperiments, experimentWith, type Experiment } from '../model.ts';
import type { Measurement } from '../results/measurement.ts';
import type { Results } from '../results/results.ts';
import type { Change, Experiments } from '../service.ts';
import { choicesFor } from './choices.ts';
import { answerOf, choicesOf, lineOf } from './views.ts';

export interface Parts {
  readonly sql: Sql;
  readonly blends: Blends;
  readonly models: Pick<ModelRegistry, 'versions'>;
  readonly experiments: Experiments;
  readonly links: Links;
  readonly measures: Measures;
  readonly recommender: Pick<Recommender, 'algorithms'>;
  readonly measurement: Measurement;
  readonly here: Pick<Here, 'known'>;
}

const Version = z.object({ version: z.int('must be the version that you looked at') });
/** The rest is the draft's. */
const NewInput = z.looseObject({ sent: z.uuid('must be a UUID').optional() });
const LookInput = z.strictObject({
  arm: z.string('Choose an arm.'),
  hours: z.int('Give 1 to 168 hours.').min(1, 'Give 1 to 168 hours.').max(168, 'Give 1 to 168 hours.').default(24),
});
type Step = (id: number, input: object, change: Change) => Promise<Experiment>;

/** Data of the console's experiment pages. The answers' types are in answer.ts. */
export function experimentRoutes({ sql, blends, models, experiments, links, measures, measurement, recommender, here }: Parts): Router {
  const router = Router(),
    summary = summaries(measurement);
  const existing = async (id: unknown): Promise<Experiment> => {
    const experiment = await experimentWith(sql, idFrom(id, 'experiment'));
    if (!experiment) throw notFound('experiment');
    return experiment;
  };
  router.get('/experiments', async (request, response) => {
    requireRole(request, 'manager');
    const all = await allExperiments(sql);
    await measurement.refresh();
    const lines = all.map(async (one) => lineOf(one, measures, await summary(one, request.clock)));
    response.json({ experiments: await Promise.all(lines), blends: choicesOf(blends) });
  });
  router.get('/choices', async (request, response) => {
    requireRole(request, 'manager');
    response.json(await choicesFor({ sql, blends, models, measures, recommender, countries: here.known(request) }));
  });
  router.post('/audience', async (request, response) => {
    requireRole(request, 'manager');
    response.json(await audienceOf(sql, request.body, request.clock));
  });
  router.get('/experiments/:id', async (request, response) => {
    requireRole(request, 'manager');
    response.json(await answerOf({ sql, blends, models, measures, measurement }, await existing(request.params.id), request.clock));
  });
  router.post('/experiments', async (request, response) => {
    const operator = requireRole(request, 'manager').id;
    const { sent, ...draft } = read(NewInput, request.body);
    response.status(201).json({ id: (await experiments.create(draft, operator, 'create', sent)).id });
  });
  router.post('/experiments/:id/copy', async (request, response) => {
    const operator = requireRole(request, 'manager').id;
    response.status(201).json({ id: (await experiments.copy(idFrom(request.params.id, 'experiment'), operator)).id });
  });
  router.post('/experiments/:id/look', async (request, response) => {
    requireRole(request, 'manager');
    const { arm, hours } = read(LookInput, request.body),
      { id, arms } = await existing(request.params.id);
    if (!arms.some(({ key }) => key === arm)) throw notFound('arm');
    const until = new Date(request.clock.getTime() + hours * 3_600_000);
    response.json({ path: links.pathOf({ experiment: id, arm, until }), until });
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
  step('/take-back', (id, _input, change) => experiments.takeBack(id, change));
  step('/pause', (id, _input, change) => experiments.pause(id, change));
  step('/resume', (id, _input, change) => experiments.resume(id, change));
  step('/phase', (id, input, change) => experiments.newPhase(id, input, change));
  step('/adjust', (id, input, change) => experiments.adjust(id, input, change));
  step('/stop', (id, input, change) => experiments.stop(id, input, change));
  step('/decide', (id, input, change) => experiments.decide(id, input, change));
  step('/archive', (id, _input, change) => experiments.archive(id, change));
  return router;
}

/** How experiments stand, for the list. Nobody is shown one that was stopped, so its numbers are worked out once. */
function summaries(measurement: Measurement): (experiment: Experiment, now: Date) => Promise<Results | undefined> {
  const ended = new Map<number, Promise<Results>>();
  return async (experiment, now) => {
    if (experiment.startedAt === null) return undefined;
    const known = ended.get(experiment.id) ?? measurement.counted(experiment, now);
    if (experiment.stoppedAt !== null) ended.set(experiment.id, known);
    return known.catch((error: unknown) => {
      ended.delete(experiment.id);
      throw error;
    });
  };
}
