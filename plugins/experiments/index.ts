import { Router } from 'express';
import { z } from 'zod';
import { definePlugin, on } from '../../core/plugin.ts';
import { Blends, Bus, Catalogues, Database, Jobs, Measures, Models, Pages, Recommender, Secrets } from '../../core/services.ts';
import { Accounts, UnitsMerged } from '../accounts/api.ts';
import { Films } from '../catalogue/api.ts';
import { History } from '../history/api.ts';
import { Tracking } from '../tracking/api.ts';
import { RunningExperiments } from './assignment/running.ts';
import { experimentApi } from './api-routes.ts';
import { banditJob } from './bandit/job.ts';
import { layerRoutes } from './console/layer-routes.ts';
import { LiveStreams } from './console/live.ts';
import { part } from './console/part.ts';
import { previewRoutes } from './console/preview-routes.ts';
import { proofRoutes } from './console/proof-routes.ts';
import { resultRoutes } from './console/results-routes.ts';
import { experimentRoutes } from './console/routes.ts';
import { suggestionRoutes } from './console/suggestion-routes.ts';
import { Here } from './country/here.ts';
import { mergeCountry } from './country/store.ts';
import { Layers } from './layers/service.ts';
import { lookNotice } from './look/fragment.ts';
import { Links } from './look/links.ts';
import { lookRoutes } from './look/routes.ts';
import { mergeForced } from './look/store.ts';
import { proofJob } from './proof/job.ts';
import { personalData } from './personal.ts';
import { keepJob } from './results/keep.ts';
import { Measurement } from './results/measurement.ts';
import { rollUpJobs } from './results/roll-up/jobs.ts';
import { Experiments } from './service.ts';
import { resultsGuards } from './steer/guards.ts';
import { steerJob } from './steer/job.ts';
import { Steering } from './steer/steering.ts';
import { teller, webhookJob } from './webhook/job.ts';

/** A/B tests of blends: who gets which, and what came of it. */
export default definePlugin({
  id: 'experiments',
  title: 'Experiments',
  description: 'Tests blends against each other on viewers, from the assignment to the decision; switched off, everybody gets the default blend.',
  config: z
    .object({
      keepDays: z
        .int()
        .min(31)
        .max(3650)
        .default(365)
        .describe('For how many days after its end the lists of an experiment are kept; its results stay for good'),
      countryHeader: z
        .string()
        .max(60)
        .regex(/^$|^[a-z][a-z0-9-]*$/, 'must be the name of a header in small letters, such as “cf-ipcountry”, or empty')
        .default('')
        .describe(
          'Header in which your proxy says the country of a viewer, in two letters; it is believed only with TRUST_PROXY, and the country is then kept with the viewer. Empty: no country is known',
        ),
      webhookUrl: z
        .string()
        .max(500)
        .refine((url) => url === '' || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)), 'must be a web address, or empty')
        .default('')
        .describe('Web address that is told when a verdict changes, a guardrail alarms or an experiment ends by its schedule; empty: nobody is told'),
      webhookSecret: z
        .string()
        .max(200)
        .regex(/^$|^.{16,}$/, 'must have at least 16 characters')
        .default('')
        .describe('Secret that signs what the webhook is sent, at least 16 characters; the receiver needs it, too. A webhook needs one')
        .meta({ writeOnly: true }),
      webhookInside: z
        .boolean()
        .default(false)
        .describe('Whether the webhook may lead to a private address, such as another machine of your own network'),
    })
    .refine(({ webhookUrl, webhookSecret }) => webhookUrl === '' || webhookSecret !== '', {
      path: ['webhookSecret'],
      message: 'must be set where there is a web address: by it the receiver can tell that what it gets comes from this site',
    }),
  // Tracking holds what was shown to whom; its tables come first. So do those of the catalogue and the history.
  requires: {
    sql: Database,
    bus: Bus,
    jobs: Jobs,
    pages: Pages,
    secrets: Secrets,
    blends: Blends,
    measures: Measures,
    recommender: Recommender,
    catalogues: Catalogues,
    models: Models,
    accounts: Accounts,
    films: Films,
    history: History,
    tracking: Tracking,
  },
  migrations: new URL('./migrations/', import.meta.url),
  views: new URL('./views/', import.meta.url),
  texts: new URL('./texts/', import.meta.url),
  console: part,
  personalData,
  async setup({ config, use: { sql, bus, jobs, pages, secrets, blends, measures, models, recommender, catalogues, accounts, tracking }, log }) {
    const here = new Here(config.countryHeader),
      running = new RunningExperiments({ sql, models, here, log }),
      experiments = new Experiments(sql, bus, measures),
      links = new Links(secrets.signing),
      measurement = new Measurement(sql, measures),
      { rollUp } = measurement,
      streams = new LiveStreams(measurement, log),
      secret = secrets.signing;
    const target = { url: config.webhookUrl, secret: config.webhookSecret, inside: config.webhookInside };
    const steering = new Steering({ sql, bus, guards: resultsGuards(measurement), tell: teller(jobs, target), log });
    const stop = await running.open(bus);
    return {
      dispose: () => {
        stop();
        streams.close();
      },
      assigner: running,
      jobs: [
        ...rollUpJobs(rollUp),
        banditJob(sql, bus, measurement),
        keepJob({ sql, measures, tracking, rollUp, days: config.keepDays }),
        steerJob(steering),
        proofJob(sql, measures),
        webhookJob(sql, target),
      ],
      ...(config.countryHeader !== '' && { bareRoutes: here.routes() }),
      routes: lookRoutes({ sql, pages, links }),
      fragments: [lookNotice(sql, running)],
      on: [on(UnitsMerged, (units) => mergeForced(sql, units)), on(UnitsMerged, (units) => mergeCountry(sql, units))],
      api: experimentApi({ sql, jobs, measures, measurement, secret }),
      consoleRoutes: Router()
        .use(resultRoutes({ sql, blends, measures, measurement, streams, secret }))
        .use(experimentRoutes({ sql, blends, models, experiments, links, measures, measurement, recommender, here }))
        .use(proofRoutes({ sql, jobs, measures }))
        .use(suggestionRoutes({ sql, blends, recommender, experiments }))
        .use(previewRoutes({ sql, accounts, blends, models, recommender, catalogues }))
        .use(layerRoutes(new Layers(sql, bus), experiments)),
    };
  },
});
