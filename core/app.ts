import type { Express, RequestHandler, Router } from 'express';
import type { Sequelize } from 'sequelize';
import type { AnyPlugin } from './plugin.ts';
import type { PostgresBus } from './database/listen.ts';
import type { Jobs as JobsType } from './jobs.ts';
import type { Logger } from './log.ts';
import { noMailer, type Mailer } from './mail.ts';
import { sqlOver } from './database/connect.ts';
import { Events } from './events.ts';
import { Host, type Sinks, type Undo } from './host.ts';
import type { ApiRoute } from './http/api-route.ts';
import { Metrics } from './http/health.ts';
import { Pages } from './http/pages.ts';
import { Identity } from './http/request.ts';
import { createServer } from './http/server.ts';
import { createSessions } from './http/session.ts';
import { Signer } from './http/signing.ts';
import { Slots } from './http/slots.ts';
import { Measures } from '../recommend/measures.ts';
import { ModelRegistry } from '../recommend/models/registry.ts';
import { Blends } from '../recommend/blends.ts';
import { Catalogues, Histories } from '../recommend/ports.ts';
import { CoreRecommender } from '../recommend/recommender.ts';
import { readEvents } from '../recommend/signals.ts';
import * as services from './services.ts';
import { Settings } from './settings.ts';

export interface AppParts {
  readonly plugins: readonly AnyPlugin[];
  readonly sequelize: Sequelize;
  readonly databaseUrl: string;
  readonly bus: PostgresBus;
  readonly jobs: JobsType;
  readonly secrets: { readonly session: string; readonly signing: string };
  readonly views: URL;
  readonly publicUrl?: string | undefined;
  readonly trustProxy?: number;
  readonly mailer?: Mailer;
  readonly log: Logger;
  /** builds the console, which AdminJS makes slow to import */
  readonly console?: (app: AppCore) => Promise<RequestHandler>;
}
export type AppCore = Awaited<ReturnType<typeof createCore>>;
export interface App extends AppCore {
  readonly http: Express;
  close(): Promise<void>;
}

const undoAll =
  (undos: readonly Undo[]): Undo =>
  async () => {
    for (const undo of undos.toReversed()) await undo();
  };
const keepIn =
  <T>(byPlugin: Map<string, T>) =>
  (part: T, { id }: AnyPlugin): Undo => {
    byPlugin.set(id, part);
    return () => void byPlugin.delete(id);
  };

/** The parts without HTTP: enough for commands and workers. */
async function createCore({ plugins, sequelize, bus, jobs, secrets, views, mailer, log }: AppParts) {
  const sql = sqlOver(sequelize),
    events = new Events(log);
  const settings = new Settings(sql, bus, plugins),
    blends = new Blends(sql, bus),
    models = new ModelRegistry(sql, bus, log, plugins);
  const routes = { slots: new Slots(), bareSlots: new Slots(), consoleRoutes: new Map<string, Router>() },
    apiRoutes = new Map<string, readonly ApiRoute[]>();
  const pages = new Pages(views, plugins, log),
    measures = new Measures();
  const recommender: CoreRecommender = new CoreRecommender({
    blends,
    models: models.loaded,
    events: (signals, unit) => readEvents(sql, signals, unit),
    log,
    catalogue: () => host.find(Catalogues),
    histories: () => host.find(Histories),
  });
  const sinks: Sinks = {
    dispose: () => () => {}, // the host itself keeps it for last
    routes: (router, owner) => routes.slots.mount(owner.id, router),
    bareRoutes: (router, owner) => routes.bareSlots.mount(owner.id, router),
    api: keepIn(apiRoutes),
    consoleRoutes: keepIn(routes.consoleRoutes),
    fragments: (list) => undoAll(list.map((fragment) => pages.addFragment(fragment))),
    jobs: (list) => undoAll(list.map((job) => jobs.start(job))),
    algorithms: (list, owner) => undoAll(list.map((algorithm) => recommender.addAlgorithm(algorithm, owner.id))),
    filters: (list) => undoAll(list.map((filter) => recommender.addFilter(filter))),
    assigner: (assigner) => recommender.setAssigner(assigner),
    adjuster: (adjuster) => recommender.addAdjuster(adjuster),
    signals: (part) => recommender.addSignals(part),
    metrics: (list) => undoAll(list.map((metric) => measures.addMetric(metric))),
    segments: (list) => undoAll(list.map((segment) => measures.addSegment(segment))),
    on: (list) => undoAll(list.map((subscription) => events.subscribe(subscription))),
  };
  const host: Host = new Host(plugins, { sinks, events, log });
  host.provide(services.Database, sql);
  host.provide(services.Bus, bus);
  host.provide(services.Jobs, jobs);
  host.provide(services.Recommender, recommender);
  host.provide(services.Blends, blends);
  host.provide(services.Models, models);
  host.provide(services.Settings, settings);
  host.provide(services.Pages, pages);
  host.provide(services.ApiRoutes, apiRoutes);
  host.provide(services.Measures, measures);
  host.provide(services.PersonalParts, new Map(plugins.flatMap(({ id, personalData }) => (personalData ? [[id, personalData]] : []))));
  host.provide(services.Mail, mailer ?? noMailer);
  host.provide(services.Secrets, { signing: secrets.signing });
  const stopFollowing = [await blends.open(), await models.open(), settings.onChange(() => host.reconcile(() => settings.wanted()))];
  await host.reconcile(() => settings.wanted());
  return { plugins, sequelize, sql, bus, jobs, events, host, settings, blends, models, pages, recommender, log, stopFollowing, ...routes };
}

/** The one place where the parts meet. */
export async function createApp(parts: AppParts): Promise<App> {
  const { secrets, databaseUrl, publicUrl, log, views, sequelize } = parts;
  const core = await createCore(parts);
  const sessions = createSessions(databaseUrl, secrets.session, publicUrl?.startsWith('https:') ?? false, log);
  const signer = new Signer(secrets.signing),
    metrics = new Metrics();
  metrics.gauge('marquee_models_loaded', 'Models in memory', () => core.models.loaded.size);
  metrics.gauge('marquee_models_refused', 'Algorithms whose newest model the gate refused', () => core.models.troubled.refused);
  metrics.gauge('marquee_models_broken', 'Stored models that cannot be loaded', () => core.models.troubled.broken);
  const console = await parts.console?.(core);
  const http = createServer({
    ...core,
    signer,
    sessions,
    metrics,
    console,
    views,
    publicUrl,
    trustProxy: parts.trustProxy ?? 0,
    identity: () => core.host.find(Identity),
    ready: () => readiness(core),
  });
  const close = async (): Promise<void> => {
    for (const stop of core.stopFollowing) stop();
    await core.host.reconcile(new Map());
    await core.events.settled();
    await sessions.close();
    await core.bus.close();
    await sequelize.close();
  };
  return { ...core, http, close };
}

async function readiness({ sql, host, models }: AppCore): Promise<string[]> {
  const waiting: string[] = [];
  await sql.one('select 1 as one').catch(() => waiting.push('the database does not answer'));
  for (const { id, required } of host.plugins) if (required && host.status(id) !== 'on') waiting.push(`plugin ${id} is ${host.status(id)}`);
  if (models.loaded.size === 0) waiting.push('no model is in service yet');
  return waiting;
}
