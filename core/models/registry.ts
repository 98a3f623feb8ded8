import type { Bus } from '../bus.ts';
import type { Logger } from '../log.ts';
import type { Sql } from '../database/sql.ts';
import type { Model } from '../recommend/algorithm.ts';
import { audit } from '../audit.ts';
import { AppError, notFound } from '../errors.ts';
import { checksum, decode } from './format.ts';

/** Offline metrics on the temporal hold-out; all but `viewers` lie in 0 … 1. */
export interface Metrics {
  /** share of viewers with at least one held-out film among their ten */
  readonly hitRate10: number;
  /** normalised discounted cumulative gain (Järvelin & Kekäläinen 2002) at ten, binary relevance */
  readonly ndcg10: number;
  /** share of all films that stand in anybody's ten */
  readonly coverage10: number;
  /** viewers measured */
  readonly viewers: number;
}

/** What a training made, ready to be stored. */
export interface Trained {
  readonly algorithm: string;
  readonly bytes: Uint8Array;
  readonly settings: object;
  readonly metrics: Metrics;
  readonly films: number;
  readonly ratings: number;
  readonly fingerprint: string;
  readonly seconds: number;
}
export interface ModelVersion extends Omit<Trained, 'bytes' | 'fingerprint'> {
  readonly id: number;
  readonly version: number;
  readonly bytes: number;
  readonly created_at: Date;
  readonly active: boolean;
}
export interface LoadedModel {
  readonly id: number;
  readonly version: number;
  readonly films: number;
  readonly model: Model;
}
export type LoadedModels = ReadonlyMap<string, LoadedModel>;

const topic = 'models';
const chunkBytes = 1 << 20;
/** versions kept of each algorithm; the one in service always stays */
const kept = 5;

/** Trained models in the database, and those in service in this process's memory. */
export class ModelRegistry {
  readonly #sql: Sql;
  readonly #bus: Bus;
  readonly #log: Logger;
  readonly #loaded = new Map<string, LoadedModel>();
  #queue: Promise<void> = Promise.resolve();

  constructor(sql: Sql, bus: Bus, log: Logger) {
    this.#sql = sql;
    this.#bus = bus;
    this.#log = log;
  }

  get loaded(): LoadedModels {
    return this.#loaded;
  }

  /** Loads what is in service and follows changes. Returns the undo. */
  async open(): Promise<() => void> {
    const undo = this.#bus.on(topic, () => this.refresh());
    await this.refresh();
    return undo;
  }

  /** Stores a model and puts it in service: bytes, row and switch commit together. */
  async publish(trained: Trained): Promise<number> {
    const { algorithm, bytes, settings, metrics, films, ratings, fingerprint, seconds } = trained;
    return this.#sql.transaction(async (tx) => {
      await tx.rows('select pg_advisory_xact_lock(hashtext($1))', [`model ${algorithm}`]);
      const row = (await tx.one<{ id: number }>(
        `insert into model (algorithm, version, settings, metrics, films, ratings, data_fingerprint, seconds, bytes, checksum)
        values ($1, (select coalesce(max(version), 0) + 1 from model where algorithm = $1), $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
        [algorithm, JSON.stringify(settings), JSON.stringify(metrics), films, ratings, fingerprint, seconds, bytes.length, checksum(bytes)],
      ))!;
      for (let n = 0; n * chunkBytes < bytes.length; n++) {
        await tx.rows('insert into model_chunk (model, n, bytes) values ($1, $2, $3)', [
          row.id,
          n,
          Buffer.from(bytes.subarray(n * chunkBytes, (n + 1) * chunkBytes)),
        ]);
      }
      await this.#serve(tx, algorithm, row.id);
      await this.#prune(tx, algorithm);
      return row.id;
    });
  }

  /** Puts a stored version in service: roll-back, or forward again. */
  async activate(id: number, operator: number): Promise<void> {
    await this.#sql.transaction(async (tx) => {
      const model = await tx.one<{ algorithm: string }>('select algorithm from model where id = $1', [id]);
      if (!model) throw notFound('model version');
      const before = await tx.one<{ model: number }>('select model from model_active where algorithm = $1 for update', [model.algorithm]);
      await this.#serve(tx, model.algorithm, id);
      await audit(tx, { operator, action: 'model.activate', subject: `algorithm ${model.algorithm}`, before: before?.model, after: id });
    });
  }

  /** All stored versions, newest first. */
  versions(): Promise<ModelVersion[]> {
    return this.#sql
      .rows<ModelVersion>(`select m.id, m.algorithm, m.version, m.settings, m.metrics, m.films, m.ratings, m.seconds, m.bytes, m.created_at,
      a.model is not null as active from model m left join model_active a on a.model = m.id order by m.algorithm, m.version desc`);
  }

  /** Brings memory to what is in service. Calls are served one at a time. */
  refresh(): Promise<void> {
    this.#queue = this.#queue.then(() => this.#refresh()).catch((error: unknown) => this.#log.error('models could not be loaded', error));
    return this.#queue;
  }

  async #refresh(): Promise<void> {
    const active = await this.#sql.rows<{ algorithm: string; model: number }>('select algorithm, model from model_active');
    for (const { algorithm, model } of active) {
      if (this.#loaded.get(algorithm)?.id === model) continue;
      try {
        this.#loaded.set(algorithm, await this.#load(model));
      } catch (error) {
        this.#log.error(`model ${model} of ${algorithm} is damaged`, error);
        await this.#loadOlder(algorithm, model);
      }
    }
  }

  /** A damaged model must not take the algorithm away: keep what is in memory, else the newest sound version. */
  async #loadOlder(algorithm: string, damaged: number): Promise<void> {
    if (this.#loaded.has(algorithm)) return;
    for (const { id } of await this.#sql.rows<{ id: number }>('select id from model where algorithm = $1 and id <> $2 order by version desc', [
      algorithm,
      damaged,
    ])) {
      try {
        this.#loaded.set(algorithm, await this.#load(id));
        return;
      } catch (error) {
        this.#log.error(`model ${id} of ${algorithm} is damaged, too`, error);
      }
    }
  }

  async #load(id: number): Promise<LoadedModel> {
    const row = await this.#sql.one<{ version: number; films: number; checksum: string }>(
      'select version, films, checksum from model where id = $1',
      [id],
    );
    const chunks = await this.#sql.rows<{ bytes: Buffer }>('select bytes from model_chunk where model = $1 order by n', [id]);
    const bytes = Buffer.concat(chunks.map((chunk) => chunk.bytes));
    if (!row || checksum(bytes) !== row.checksum)
      throw new AppError('MODEL_DAMAGED', 500, `Model ${id} is damaged: its checksum differs. Train the algorithm again.`);
    return { id, version: row.version, films: row.films, model: decode(bytes) };
  }

  async #serve(tx: Sql, algorithm: string, id: number): Promise<void> {
    await tx.rows(
      `insert into model_active (algorithm, model) values ($1, $2)
      on conflict (algorithm) do update set model = excluded.model, since = now()`,
      [algorithm, id],
    );
    await this.#bus.notify(tx, topic, algorithm);
  }

  async #prune(tx: Sql, algorithm: string): Promise<void> {
    await tx.rows(
      `delete from model where algorithm = $1 and id not in (select model from model_active)
      and id not in (select id from model where algorithm = $1 order by version desc limit ${kept})`,
      [algorithm],
    );
  }
}
