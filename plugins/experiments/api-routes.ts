import { z } from 'zod';
import { notFound } from '../../core/errors.ts';
import { apiRoute, type ApiRoute } from '../../core/http/api-route.ts';
import { allExperiments, experimentWith, type Experiment, type Status } from './model.ts';
import { askForProof, proofAnswer, type ProofParts } from './proof/store.ts';
import { resultColumns, resultRows } from './results/export.ts';
import type { Measurement } from './results/measurement.ts';
import type { Results } from './results/results.ts';
import { refuseKept, unitPage } from './results/unit-rows.ts';

interface Parts extends ProofParts {
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
  looking: z.object({ safe: z.boolean(), text: z.string() }).describe('Whether one may decide by it at any time'),
  plan: z
    .object({
      change: z.number().describe('What is looked for, as a share of the value of the control'),
      units: z.int().nullable().describe('Viewers with whom it is found in four of five tests'),
      power: z.number().nullable().describe('How often it is found with the viewers so far'),
      detectable: z.number().nullable().describe('The smallest effect that these find in four of five tests, on the scale of the metric'),
      perDay: z.number(),
      days: z.int().nullable().describe('About so many are left'),
    })
    .nullable()
    .describe('null where too little is known, and for an interleaving'),
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
  effect: z.number().describe('The change that was planted, as a share; below 0 for a metric that should fall'),
  alpha: z.number(),
  planned: z.number().describe('Power by formula'),
  runs: z.int(),
});
const ProofFound = z.object({
  proof: Proved.nullable().describe('The last one that was worked out; null = none was yet'),
  run: z
    .object({
      id: z.int(),
      status: z.string().describe('queued, running, done, failed or cancelled'),
      progress: z.number(),
      error: z.string().nullable(),
    })
    .nullable()
    .describe('The latest attempt, as long as it is remembered'),
});

/** Without the effect on the metric's own scale: the share says the same of every metric. */
const planOf = ({ plan }: Pick<Results, 'plan'>): z.output<typeof Found>['plan'] => {
  if (!plan) return null;
  const { change, units, power, detectable, perDay, days } = plan;
  return { change, units, power, detectable, perDay, days };
};

const lineOf = ({ id: one, name, status, metric, startedAt, stoppedAt }: Experiment): z.output<typeof Line> => ({
  id: one,
  name,
  status,
  metric,
  startedAt: startedAt?.toISOString() ?? null,
  stoppedAt: stoppedAt?.toISOString() ?? null,
});

/** What experiments found, for programs. */
export function experimentApi(parts: Parts): ApiRoute[] {
  const { sql, measurement, secret } = parts;
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
        const { peeking: looking, viewers, days } = results;
        return { verdict: { action, arm, title, text }, health, looking, plan: planOf(results), viewers, days, rows: resultRows(results) };
      },
    }),
    apiRoute({
      method: 'post',
      path: '/experiments/{id}/proof',
      scope: 'write',
      summary: 'Has a draft’s test run again and again on the site’s own past. One that runs already is not begun twice.',
      params,
      body: z.strictObject({
        version: z
          .int('must be the version that you looked at')
          .optional()
          .describe('Of the draft: refused if it is another one by now; the latest by default'),
      }),
      status: 202,
      response: z.object({ run: z.int() }),
      handler: async ({ params: { id: wanted }, body: { version }, request }) => ({
        run: await askForProof(parts, wanted, { operator: null, by: 'JSON API', version, at: request.clock }),
      }),
    }),
    apiRoute({
      method: 'get',
      path: '/experiments/{id}/proof',
      scope: 'read',
      summary: 'What a draft’s test would find on the site’s own past, as it was worked out last: false alarms and power of each way to look.',
      params,
      response: ProofFound,
      async handler({ params: { id: wanted } }) {
        if (!(await experimentWith(sql, wanted))) throw notFound('experiment');
        const { proof, run } = await proofAnswer(sql, wanted);
        return { proof: proof && { ...proof, at: proof.at.toISOString(), says: proof.says.map(({ text }) => text), ways: [...proof.ways] }, run };
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
        await refuseKept(sql, wanted);
        await measurement.refresh();
        const { rows, last } = await unitPage(sql, experiment, secret, query);
        return { units: rows, next: last === null ? null : query.offset + rows.length };
      },
    }),
  ];
}
