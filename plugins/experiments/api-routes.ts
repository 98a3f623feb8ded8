import { z } from 'zod';
import { notFound } from '../../core/errors.ts';
import { apiRoute, type ApiRoute } from '../../core/http/api-route.ts';
import type { Sql } from '../../core/database/sql.ts';
import { allExperiments, experimentWith, type Experiment, type Status } from './model.ts';
import { proofAnswer } from './proof/store.ts';
import { resultColumns, resultRows } from './results/export.ts';
import type { Measurement } from './results/measurement.ts';
import { unitPage } from './results/unit-rows.ts';

interface Parts {
  readonly sql: Sql;
  readonly measurement: Measurement;
  /** of the site: names units */
  readonly secret: string;
}

const id = z.coerce.number('There is no such experiment.').int().positive().max(2_147_483_647);
const params = z.object({ id });
const figure = z.union([z.string(), z.number(), z.null()]);
const statuses = ['draft', 'scheduled', 'running', 'paused', 'stopped', 'archived'] as const satisfies readonly Status[];
const Line = z.object({
  id: z.int(),
  name: z.string(),
  status: z.string(),
  metric: z.string(),
  startedAt: z.string().nullable(),
  stoppedAt: z.string().nullable(),
});
const Found = z.object({
  verdict: z.object({ action: z.enum(['ship', 'keep', 'wait', 'mend']), arm: z.string().nullable(), title: z.string(), text: z.string() }),
  health: z.array(z.object({ id: z.string(), level: z.enum(['ok', 'note', 'warn', 'alarm']), text: z.string(), todo: z.string().nullable() })),
  viewers: z.int(),
  days: z.number(),
  rows: z.array(z.object(Object.fromEntries(resultColumns.map((name) => [name, figure])))).describe('One a metric and arm'),
});
const sums = z.object({ m: z.number(), d: z.number(), a: z.number(), b: z.number() });
const Units = z.object({
  units: z.array(
    z.object({
      unit: z.string().describe('Names a viewer within this experiment only'),
      arm: z.string(),
      entered: z.string(),
      segments: z.record(z.string(), z.string()),
      metrics: z.record(z.string(), sums).describe('m (of d) since the first list, a (of b) in the 14 days before'),
      credit: z
        .record(z.string(), z.object({ arm: z.int(), control: z.int() }))
        .optional()
        .describe('Of an interleaving: what was done with films of the arm, and of the control'),
    }),
  ),
  next: z.int().nullable().describe('The `offset` of the next page; null = there is none'),
});

const rate = z.object({ share: z.number(), low: z.number(), high: z.number() });
const Proved = z.object({
  at: z.string(),
  current: z.boolean().describe('Whether the draft is still what it was then'),
  says: z.array(z.string()),
  own: z.string().describe('The way that the draft is looked at, of those below'),
  ways: z.array(z.object({ id: z.string(), falseAlarms: rate, found: rate })),
  viewers: z.int().describe('Viewers of the past that were drawn from'),
  units: z.int().describe('Viewers of one run, all arms together'),
  effect: z.number(),
  alpha: z.number(),
  planned: z.number().describe('Power by formula'),
  runs: z.int(),
});

const lineOf = ({ id: one, name, status, metric, startedAt, stoppedAt }: Experiment): z.output<typeof Line> => ({
  id: one,
  name,
  status,
  metric,
  startedAt: startedAt?.toISOString() ?? null,
  stoppedAt: stoppedAt?.toISOString() ?? null,
});

/** What experiments found, for programs. */
export function experimentApi({ sql, measurement, secret }: Parts): ApiRoute[] {
  const launched = async (wanted: number): Promise<Experiment> => {
    const experiment = await experimentWith(sql, wanted);
    if (!experiment?.startedAt) throw notFound('launched experiment');
    return experiment;
  };
  return [
    apiRoute({
      method: 'get',
      path: '/experiments',
      scope: 'read',
      summary: 'All experiments, or those in one state, the newest first.',
      query: z.object({ status: z.enum(statuses, `Choose one of ${statuses.join(', ')}.`).optional() }),
      response: z.object({ experiments: z.array(Line) }),
      handler: async ({ query: { status } }) => ({
        experiments: (await allExperiments(sql)).filter((one) => status === undefined || one.status === status).map(lineOf),
      }),
    }),
    apiRoute({
      method: 'get',
      path: '/experiments/{id}/results',
      scope: 'read',
      summary: 'What an experiment found: the verdict, whether it can be trusted, and every metric in every arm.',
      params,
      response: Found,
      async handler({ params: { id: wanted }, request }) {
        const results = await measurement.results(await launched(wanted), request.clock),
          { action, arm, title, text } = results.verdict;
        const health = results.health.map(({ id: check, level, text: found, todo }) => ({ id: check, level, text: found, todo }));
        return { verdict: { action, arm, title, text }, health, viewers: results.viewers, days: results.days, rows: resultRows(results) };
      },
    }),
    apiRoute({
      method: 'get',
      path: '/experiments/{id}/proof',
      scope: 'read',
      summary: 'What a draft’s test would find on the site’s own past, as it was worked out last: false alarms and power of each way to look.',
      params,
      response: Proved,
      async handler({ params: { id: wanted } }) {
        const { proof } = await proofAnswer(sql, wanted);
        if (!proof) throw notFound('proof');
        const { at, current, says, own, ways, viewers, units, effect, alpha, planned, runs } = proof;
        return {
          at: at.toISOString(),
          current,
          says: says.map(({ text }) => text),
          own,
          ways: [...ways],
          viewers,
          units,
          effect,
          alpha,
          planned,
          runs,
        };
      },
    }),
    apiRoute({
      method: 'get',
      path: '/experiments/{id}/units',
      scope: 'read',
      summary: 'The viewers of an experiment, one row each, without anything that says who they are.',
      params,
      query: z.object({ offset: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(1_000).default(1_000) }),
      response: Units,
      async handler({ params: { id: wanted }, query }) {
        const experiment = await launched(wanted);
        await measurement.refresh();
        const { rows, last } = await unitPage(sql, experiment, secret, query);
        return { units: rows, next: last === null ? null : query.offset + rows.length };
      },
    }),
  ];
}
