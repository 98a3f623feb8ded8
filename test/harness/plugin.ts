import express, { Router, type Express } from 'express';
import { Events } from '../../core/events.ts';
import { Host, type Sinks, type Undo } from '../../core/host.ts';
import { asJson, toAppError } from '../../core/http/failures.ts';
import type { ApiRoute } from '../../core/http/api-route.ts';
import type { Fragment } from '../../core/http/fragment.ts';
import { Slots } from '../../core/http/slots.ts';
import { refs } from '../../core/order.ts';
import { silent } from '../../core/log.ts';
import type { AnyPlugin, Contributions } from '../../core/plugin.ts';
import { ApiRoutes } from '../../core/services.ts';
import { apiRouter } from '../../plugins/api/router.ts';
import { makeFakes, servicesOf, type Fakes, type FakesOptions } from './fakes/index.ts';

export interface PluginOptions extends FakesOptions {
  readonly settings?: object;
  /** parts of the fakes that the test brings itself */
  readonly fakes?: Partial<Fakes>;
}
/** What lives of a plugin right now, by kind of contribution. */
export type Living = { readonly [K in keyof Contributions | 'algorithms']?: unknown };

export interface BootedPlugin extends Fakes {
  readonly host: Host;
  readonly events: Events;
  /** the plugin's pages, API (with any bearer token) and console data; who asks is told by the headers x-account and x-visitor */
  readonly http: Express;
  /** everything that the plugin has contributed and not taken back */
  readonly living: Map<string, unknown>;
  readonly fragments: readonly Fragment[];
  switch(on: boolean): Promise<void>;
}

const anyToken = { check: async () => 'write' as const };
export const noon = new Date('2026-06-01T12:00:00Z');

/** Boots one plugin alone: every service that it requires is a fake. It fails when the plugin fails to start. */
export async function bootPlugin(plugin: AnyPlugin, { settings = {}, fakes: own = {}, ...options }: PluginOptions = {}): Promise<BootedPlugin> {
  const fakes: Fakes = { ...makeFakes(options), ...own };
  const events = new Events(silent),
    living = new Map<string, unknown>(),
    slots = new Slots(),
    api = new Map<string, readonly ApiRoute[]>(),
    consoleData = new Slots();
  const host = new Host([plugin], { sinks: sinks(fakes, events, living, slots, api, consoleData), events, log: silent });
  const provided = new Set(refs(plugin.provides).map(([, ref]) => ref.id));
  host.provide(ApiRoutes, api);
  for (const [ref, fake] of servicesOf(fakes)) if (!provided.has(ref.id)) host.provide(ref, fake);
  const booted: BootedPlugin = {
    ...fakes,
    host,
    events,
    living,
    http: serverOf(fakes, slots, api, consoleData),
    get fragments() {
      return (living.get('fragments') ?? []) as readonly Fragment[];
    },
    async switch(on) {
      await host.reconcile(new Map(on ? [[plugin.id, settings]] : []));
      if (on && host.status(plugin.id) !== 'on')
        throw new Error(`${plugin.id} is ${host.status(plugin.id)}: ${host.failure(plugin.id) ?? 'a service that it requires has no fake'}`);
    },
  };
  await booted.switch(true);
  return booted;
}

/** Each kind of contribution is noted, and works as far as a test can use it. */
function sinks(
  fakes: Fakes,
  events: Events,
  living: Map<string, unknown>,
  slots: Slots,
  api: Map<string, readonly ApiRoute[]>,
  consoleData: Slots,
): Sinks {
  const noted =
    <T>(kind: keyof Sinks, use: (part: T, owner: AnyPlugin) => Undo = () => () => {}) =>
    (part: T, owner: AnyPlugin): Undo => {
      living.set(kind, part);
      const undo = use(part, owner);
      return async () => {
        await undo();
        living.delete(kind);
      };
    };
  const all = <T>(list: readonly T[], start: (one: T) => Undo): Undo => {
    const undos = list.map(start);
    return async () => {
      for (const undo of undos) await undo();
    };
  };
  return {
    dispose: noted('dispose'),
    routes: noted('routes', (router, { id }) => slots.mount(id, router)),
    bareRoutes: noted('bareRoutes'),
    api: noted('api', (routes, { id }) => {
      api.set(id, routes);
      return () => void api.delete(id);
    }),
    consoleRoutes: noted('consoleRoutes', (router, { id }) => consoleData.mount(id, Router().use(`/${id}`, router))),
    fragments: noted('fragments'),
    jobs: noted('jobs', (list) => all(list, (job) => fakes.jobs.start(job))),
    algorithms: noted('algorithms', (list) => all(list, (algorithm) => fakes.recommender.addAlgorithm(algorithm, 'alone'))),
    filters: noted('filters', (list) => all(list, (filter) => fakes.recommender.addFilter(filter))),
    signals: noted('signals', (part) => fakes.recommender.addSignals(part)),
    metrics: noted('metrics', (list) => all(list, (metric) => fakes.measures.addMetric(metric))),
    segments: noted('segments', (list) => all(list, (segment) => fakes.measures.addSegment(segment))),
    adjuster: noted('adjuster', (adjuster) => fakes.recommender.addAdjuster(adjuster)),
    assigner: noted('assigner', (assigner) => fakes.recommender.setAssigner(assigner)),
    on: noted('on', (list) => all(list, (subscription) => events.subscribe(subscription))),
  };
}

function serverOf({ people }: Fakes, slots: Slots, api: ReadonlyMap<string, readonly ApiRoute[]>, consoleData: Slots): Express {
  const app = express();
  app.use(async (request, _response, next) => {
    const account = Number(request.headers['x-account'] ?? 0);
    request.clock = noon;
    request.account = account ? await people.account(account) : undefined;
    request.visitor = String(request.headers['x-visitor'] ?? 'somebody');
    request.unit = () => people.unit(account ? { account } : { visitor: request.visitor });
    next();
  });
  app.use('/api/v1', apiRouter(api, anyToken));
  app.use('/admin/data', consoleData.handle);
  app.use(express.urlencoded({ extended: false }), express.json(), slots.handle);
  app.use(((thrown, request, response, _next) => {
    const error = toAppError(thrown);
    response.status(error.status).json(asJson(error, request));
  }) as express.ErrorRequestHandler);
  return app;
}
