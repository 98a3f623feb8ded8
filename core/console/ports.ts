import type { Router } from 'express';
import type { Sequelize } from 'sequelize';
import type { AnyPlugin } from '../plugin.ts';
import type { Bus } from '../bus.ts';
import type { Sql } from '../database/sql.ts';
import type { Host } from '../host.ts';
import type { Jobs } from '../jobs.ts';
import type { Logger } from '../log.ts';
import type { ModelRegistry } from '../../recommend/models/registry.ts';
import type { Blends } from '../../recommend/blends.ts';
import type { Recommender } from '../../recommend/index.ts';
import type { Settings } from '../settings.ts';

export type RunStatus = 'queued' | 'running' | 'done' | 'failed' | 'dead' | 'cancelled';
/** A run of a job as operators see it. */
export interface JobRunView {
  readonly id: number;
  readonly name: string;
  readonly key: string | null;
  readonly payload: object;
  readonly status: RunStatus;
  /** how often it has been started, and how often it will be at most */
  readonly attempt: number;
  readonly attempts: number;
  /** not earlier than this */
  readonly runAt: Date;
  readonly progress: number;
  readonly note: string;
  readonly result: unknown;
  readonly error: string | null;
  readonly worker: string | null;
  readonly cancelRequested: boolean;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}
/** A job that is switched on in this process. */
export interface JobView {
  readonly name: string;
  readonly title: string;
  readonly every: string | undefined;
  /** its next cron tick */
  readonly next: Date | undefined;
}
export interface RunQuery {
  readonly status?: RunStatus;
  readonly name?: string;
  /** only runs older than the one with this id: the last one of the page before */
  readonly before?: number;
  /** false: without runs of a schedule that went well */
  readonly routine?: boolean;
  readonly limit?: number;
}

/** One input of a settings form, made from the plugin's schema. */
export interface Setting {
  readonly name: string;
  readonly type: string;
  readonly title: string;
  readonly description: string | null;
  readonly default: unknown;
  readonly min: number | null;
  readonly max: number | null;
  readonly choices: readonly unknown[] | null;
}

/** What the console asks of the job system besides enqueueing. */
export interface JobDesk {
  /** latest first */
  runs(query: RunQuery): Promise<JobRunView[]>;
  definitions(): readonly JobView[];
  /** @returns the new run's id */
  retry(tx: Sql, id: number): Promise<number>;
  /** @returns the run's id; one training of an algorithm at a time */
  train(tx: Sql, algorithm: string): Promise<number>;
  /** the name of training runs; their payload has the algorithm's id as `algorithm` */
  readonly training: string;
  /** the name of runs that suggest weights; one at a time */
  readonly suggesting: string;
}

export interface FoundViewer {
  readonly unit: number;
  readonly handle: string;
  readonly name: string;
  readonly simulated: boolean;
}

export interface ConsoleDeps {
  /** all that are installed */
  readonly plugins: readonly AnyPlugin[];
  readonly host: Pick<Host, 'status' | 'failure' | 'find'>;
  readonly sequelize: Sequelize;
  readonly sql: Sql;
  readonly bus: Bus;
  readonly settings: Pick<Settings, 'state' | 'change'>;
  readonly blends: Blends;
  readonly models: Pick<ModelRegistry, 'versions' | 'activate' | 'loaded' | 'version'>;
  readonly recommender: Recommender;
  readonly jobs: Pick<Jobs, 'enqueue' | 'cancel'>;
  readonly desk: JobDesk;
  /** accounts whose handle or name begins like the text; some of them for an empty text */
  readonly viewerSearch: (text: string) => Promise<readonly FoundViewer[]>;
  /** 404 for a number that no viewer has: the pipeline would take it for a newcomer */
  readonly refuseUnknown: (unit: number) => Promise<void>;
  /** of the plugins that are on, by plugin */
  readonly consoleRoutes: ReadonlyMap<string, Router>;
  readonly log: Logger;
  /** folder with the bundle of all components */
  readonly bundle: string;
}
