import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Sql } from '../../../core/database/sql.ts';
import { notFound } from '../../../core/errors.ts';
import { idFrom, read } from '../../../core/http/form.ts';
import { requireRole } from '../../../core/http/request.ts';
import type { Measures } from '../../../recommend/measures.ts';
import type { Blends } from '../../../recommend/blends.ts';
import { expectedLiftOf } from '../expected-lift/result.ts';
import { analysisFields } from '../input/analysis.ts';
import { coverage } from '../input/schedule.ts';
import { experimentWith, type Experiment } from '../model.ts';
import { csvOf, resultColumns, resultRows } from '../results/export.ts';
import type { Measurement } from '../results/measurement.ts';
import { flat, refuseKept, unitColumns, unitRows } from '../results/unit-rows.ts';
import type { LiveStreams } from './live.ts';
import { metricChoices } from './views.ts';

export interface ResultParts {
  readonly sql: Sql;
  readonly blends: Pick<Blends, 'current' | 'latest'>;
  readonly measures: Measures;
  readonly measurement: Measurement;
  readonly streams: LiveStreams;
  /** of the site: names units in exports */
  readonly secret: string;
}

const text = z.string('Choose one.').min(1, 'Choose one.').max(100);
const Course = z.object({ metric: text });
const Groups = z.object({ metric: text, segment: text });
const percent = 'Give the shares of the arms in percent.';
const Planned = z.object({
  metric: text,
  engine: analysisFields.engine,
  alpha: analysisFields.alpha,
  settings: analysisFields.settings,
  mde: analysisFields.mde,
  plannedUnits: analysisFields.plannedUnits,
  includeSimulated: z.boolean('must be true or false').default(false),
  coverage: coverage.default(1),
  arms: z
    .array(z.object({ key: text, share: z.number(percent).gt(0, percent).lte(100, percent) }), percent)
    .min(2, 'Add the arms.')
    .max(10),
});

/** What experiments found, in all its parts: see the types of ../results. */
export function resultRoutes({ sql, blends, measures, measurement, streams, secret }: ResultParts): Router {
  const router = Router();
  const launched = async (request: Request): Promise<Experiment> => {
    requireRole(request, 'manager');
    const experiment = await experimentWith(sql, idFrom(request.params['id'], 'experiment'));
    if (!experiment?.startedAt) throw notFound('launched experiment');
    return experiment;
  };
  const withUnits = async (request: Request): Promise<Experiment> => {
    const experiment = await launched(request);
    await refuseKept(sql, experiment.id);
    await measurement.refresh();
    return experiment;
  };
  router.get('/metrics', (request, response) => {
    requireRole(request, 'manager');
    response.json({ metrics: metricChoices(measures), segments: measures.segments.map(({ id, title }) => ({ id, title })) });
  });
  router.post('/plan', async (request, response) => {
    requireRole(request, 'manager');
    const { metric, coverage, includeSimulated, arms, ...rest } = read(Planned, request.body);
    const experiment = { ...rest, arms: arms as unknown as Experiment['arms'] };
    response.json((await measurement.plan(metric, { experiment, coverage, includeSimulated, now: request.clock })) ?? null);
  });
  router.get('/experiments/:id/results', async (request, response) => {
    response.json(await measurement.results(await launched(request), request.clock));
  });
  router.get('/experiments/:id/results.json', async (request, response) => {
    const experiment = await launched(request);
    response.attachment(`experiment-${experiment.id}-results.json`).json(await measurement.results(experiment, request.clock));
  });
  router.get('/experiments/:id/bandit', async (request, response) => {
    const experiment = await launched(request);
    if (experiment.kind !== 'bandit') throw notFound('bandit');
    response.json(await measurement.bandit(experiment, request.clock));
  });
  router.get('/experiments/:id/interleaving', async (request, response) => {
    const experiment = await launched(request);
    if (experiment.kind !== 'interleaving') throw notFound('interleaving');
    response.json(await measurement.interleaving(experiment, request.clock));
  });
  router.get('/experiments/:id/expected-lift', async (request, response) => {
    requireRole(request, 'manager');
    const experiment = await experimentWith(sql, idFrom(request.params['id'], 'experiment'));
    if (!experiment || experiment.startedAt) throw notFound('draft');
    response.json(await expectedLiftOf(sql, blends, experiment));
  });
  router.get('/experiments/:id/course', async (request, response) => {
    const experiment = await launched(request);
    response.json(await measurement.course(experiment, read(Course, request.query).metric, request.clock));
  });
  router.get('/experiments/:id/groups', async (request, response) => {
    const experiment = await launched(request),
      { metric, segment } = read(Groups, request.query);
    response.json(await measurement.breakdown(experiment, metric, segment, request.clock));
  });
  router.get('/experiments/:id/lists', async (request, response) => {
    response.json({ arms: await measurement.lists(await launched(request)) });
  });
  router.get('/experiments/:id/live', async (request, response) => {
    streams.open(await launched(request), response);
  });
  router.get('/experiments/:id/results.csv', async (request, response) => {
    const experiment = await launched(request),
      rows = resultRows(await measurement.results(experiment, request.clock));
    await sendCsv(response, `experiment-${experiment.id}-results`, resultColumns, rows);
  });
  router.get('/experiments/:id/units.csv', async (request, response) => {
    const experiment = await withUnits(request);
    const columns = unitColumns(
      experiment,
      measures.segments.map(({ id }) => id),
      measures.metrics.map(({ id }) => id),
    );
    await sendCsv(response, `experiment-${experiment.id}-viewers`, columns, flattened(unitRows(sql, experiment, secret)));
  });
  router.get('/experiments/:id/units.json', async (request, response) => {
    const experiment = await withUnits(request);
    response.type('json').attachment(`experiment-${experiment.id}-viewers.json`);
    await pipeline(Readable.from(jsonArray(unitRows(sql, experiment, secret))), response);
  });
  return router;
}

async function sendCsv(response: Response, name: string, columns: readonly string[], rows: Iterable<object> | AsyncIterable<object>): Promise<void> {
  response.type('text/csv').attachment(`${name}.csv`);
  await pipeline(Readable.from(rows), csvOf(columns), response);
}

async function* flattened(rows: ReturnType<typeof unitRows>): AsyncGenerator<object> {
  for await (const row of rows) yield flat(row);
}

async function* jsonArray(rows: AsyncIterable<object>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const row of rows) {
    yield before + JSON.stringify(row);
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}
