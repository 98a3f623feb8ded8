import type { Router } from 'express';
import { z } from 'zod';
import type { Algorithm, AnyAlgorithm, Model } from '../recommend/algorithm.ts';
import type { MetricDefinition, SegmentDefinition } from '../recommend/measures.ts';
import type { SignalPart } from '../recommend/signals.ts';
import type { Adjuster, Assigner, Filter, ReadingAdjuster } from '../recommend/stages.ts';
import type { ApiRoute } from './http/api-route.ts';
import type { Fragment } from './http/fragment.ts';
import type { ConsolePart } from './console/part.ts';
import type { JobDefinition } from './jobs.ts';
import type { TrainingSource } from '../recommend/models/training-source.ts';
import type { Logger } from './log.ts';
import type { PersonalData } from './personal-data.ts';

declare const type: unique symbol;

/** A typed name for something that one plugin (or the core) provides and others require. */
export interface ServiceRef<T> {
  readonly id: string;
  readonly [type]?: T;
}
export const service = <T>(id: string): ServiceRef<T> => ({ id });

/** A typed name for a fact. Payloads are checked when published. */
export interface EventRef<T> {
  readonly id: string;
  readonly schema: z.ZodType<T>;
}
export const event = <T>(id: string, schema: z.ZodType<T>): EventRef<T> => ({ id, schema });

export interface Subscription {
  readonly event: string;
  handle(payload: never): void | Promise<void>;
}
export const on = <T>(ref: EventRef<T>, handle: (payload: T) => void | Promise<void>): Subscription => ({ event: ref.id, handle });

export type Refs = Readonly<Record<string, ServiceRef<unknown>>>;
export type Resolved<R extends Refs> = { readonly [K in keyof R]: R[K] extends ServiceRef<infer T> ? T : never };

/** What a plugin sees of the world; everything here is already scoped to it. */
export interface Context<C, R extends Refs> {
  readonly config: C;
  readonly use: Resolved<R>;
  readonly log: Logger;
  /** A service that may be off right now: ask each time, never keep it. */
  readonly find: <T>(ref: ServiceRef<T>) => T | undefined;
  readonly publish: <T>(ref: EventRef<T>, payload: T) => void;
}

/** Live parts. They exist only while the plugin is on; the core undoes each one. */
export interface Contributions {
  /** mounted at the site's root, behind session, CSRF guard and body parser */
  readonly routes?: Router;
  /** mounted at the site's root ahead of session, guards and body parsers: for programs, which bring no cookies */
  readonly bareRoutes?: Router;
  /** operations of the JSON API, for the plugin that serves it */
  readonly api?: readonly ApiRoute[];
  /** data for the plugin's console pages, below /admin/data/<plugin id>, behind the console's guard */
  readonly consoleRoutes?: Router;
  readonly fragments?: readonly Fragment[];
  readonly jobs?: readonly JobDefinition[];
  readonly filters?: readonly Filter[];
  readonly assigner?: Assigner;
  readonly adjuster?: Adjuster | ReadingAdjuster;
  readonly signals?: SignalPart;
  /** what experiments can be judged by, and how their units are divided */
  readonly metrics?: readonly MetricDefinition[];
  readonly segments?: readonly SegmentDefinition[];
  readonly on?: readonly Subscription[];
  readonly dispose?: () => void | Promise<void>;
}

/** Static facts can be read while the plugin is off; `setup` builds the live parts. */
export interface Plugin<C extends z.ZodObject = z.ZodObject, R extends Refs = Refs, P extends Refs = Refs> {
  readonly id: string;
  readonly title: string;
  /** one sentence for operators */
  readonly description: string;
  /** Always on: the operator cannot switch it off. */
  readonly required?: boolean;
  readonly config?: C;
  readonly requires?: R;
  readonly provides?: P;
  /** folder of numbered .sql files; run for every installed plugin, on or off */
  readonly migrations?: URL;
  /** folder of Handlebars templates, addressed as "<plugin id>/<name>" */
  readonly views?: URL;
  /** folder of texts: `en.json`, `de.json` and messages by English sentence; keys begin with the plugin's id */
  readonly texts?: URL;
  readonly console?: ConsolePart;
  /** what training reads of this plugin's tables; runs in the training thread, where the plugin is not started */
  readonly training?: TrainingSource;
  /** what this plugin's tables hold of an account, to take along and to delete */
  readonly personalData?: PersonalData;
  /** pure, so a training thread finds them without starting the plugin */
  readonly algorithms?: readonly AnyAlgorithm[];
  setup?(ctx: Context<z.output<C>, R>): Setup<P> | Promise<Setup<P>>;
}
export type Setup<P extends Refs> = Contributions & (keyof P extends never ? { readonly services?: undefined } : { readonly services: Resolved<P> });

export type AnyPlugin = Omit<Plugin<any, any, any>, 'setup'> & { setup?(ctx: Context<any, any>): AnySetup | Promise<AnySetup> };
type AnySetup = Contributions & { readonly services?: any };

export const definePlugin = <C extends z.ZodObject = z.ZodObject, const R extends Refs = {}, const P extends Refs = {}>(
  plugin: Plugin<C, R, P>,
): Plugin<C, R, P> => plugin;

/** The short form for a plugin that is just one algorithm. Its settings are the plugin's settings. */
export function defineAlgorithm<M extends Model, C extends z.ZodObject>(algorithm: Algorithm<M, z.output<C>> & { readonly settings: C }): AnyPlugin {
  const { id, title, description, settings } = algorithm;
  return definePlugin({ id, title, description, config: settings, algorithms: [algorithm] });
}
