import type { Bus } from '../../core/bus.ts';
import type { Logger } from '../../core/log.ts';
import type { AnyPlugin } from '../../core/plugin.ts';
import type { Sql } from '../../core/database/sql.ts';
import { audit } from '../../core/audit.ts';
import { conflict, notFound } from '../../core/errors.ts';
import { inTurns } from '../../math/slices.ts';
import type { AnyAlgorithm } from '../algorithm.ts';
import { judge } from './gate.ts';
import { Kept } from './kept.ts';
import { policyOf } from './policy.ts';
import { insertTrained, insertUpdated, lock, prune, standardsOf, type Trained, type Updated } from './store.ts';
import { candidates, DamagedModel, readModel, type Candidate, type LoadedModel } from './stored.ts';
import { versionsIn, type ModelVersion } from './versions.ts';

export type { Metrics } from './metrics.ts';
export type { Trained } from './store.ts';
export type { LoadedModel } from './stored.ts';
export type { ModelVersion } from './versions.ts';
export type LoadedModels = ReadonlyMap<string, LoadedModel>;

/** What became of a trained model. */
export interface Published {
  readonly id: number;
  readonly version: number;
  /** false: the gate refused it, the champion stays */
  readonly served: boolean;
  /** the gate's words */
  readonly verdict: string;
}

const topic = 'models';
/** models of other versions that stay in memory for comparisons */
const borrowed = 4;

/** Trained models in the database, and those in service in this process's memory. */
export class ModelRegistry {
  readonly #sql: Sql;
  readonly #bus: Bus;
  readonly #log: Logger;
  readonly #algorithms: readonly AnyAlgorithm[];
  readonly #loaded = new Map<string, LoadedModel>();
  readonly #borrowed = new Kept<number, LoadedModel>(borrowed);
  #troubled = { refused: 0, broken: 0 };
  #queue: Promise<void> = Promise.resolve();

  /** @param plugins those whose algorithms prepare what serving a model needs */
  constructor(sql: Sql, bus: Bus, log: Logger, plugins: readonly AnyPlugin[] = []) {
    this.#algorithms = plugins.flatMap(({ algorithms = [] }) => algorithms);
    this.#sql = sql;
    this.#bus = bus;
    this.#log = log;
  }

  get loaded(): LoadedModels {
    return this.#loaded;
  }

  /** For operators' alarms: algorithms whose newest version the gate refused, and stored models that cannot be loaded. */
  get troubled(): { readonly refused: number; readonly broken: number } {
    return this.#troubled;
  }

  /** Loads what is in service and follows changes. Returns the undo. */
  async open(): Promise<() => void> {
    const undo = this.#bus.on(topic, () => this.refresh());
    await this.refresh();
    return undo;
  }

  /** Stores a trained model, and puts it in service if it passes the gate: bytes, row and switch commit together. */
  async publish(trained: Trained): Promise<Published> {
    const { algorithm } = trained;
    return this.#sql.transaction(async (tx) => {
      await lock(tx, algorithm);
      const policy = await policyOf(tx);
      const { passes, words } = judge({ ...trained, version: 0 }, await standardsOf(tx, algorithm), policy.tolerance);
      const { id, version } = await insertTrained(tx, trained, { refused: !passes, verdict: words });
      if (passes) await serve(tx, algorithm, id);
      else this.#log.warn(`version ${version} of ${algorithm} was refused: ${words}`);
      await prune(tx, algorithm, policy.kept);
      await this.#bus.notify(tx, topic, algorithm);
      return { id, version, served: passes, verdict: words };
    });
  }

  /**
   * Stores an update in the place of the one before; every process serves it from then on.
   * @returns its id; undefined when another model came into service meanwhile, which the update knows nothing of
   */
  async publishUpdate(updated: Updated): Promise<number | undefined> {
    const { algorithm, source } = updated;
    return this.#sql.transaction(async (tx) => {
      await lock(tx, algorithm);
      const base = await tx.one<{ id: number }>(
        `select m.id from model m join model_active a on a.model = m.id left join model u on u.parent = m.id and u.broken is null
        where m.algorithm = $1 and coalesce(u.id, m.id) = $2`,
        [algorithm, source],
      );
      if (!base) return undefined;
      const id = await insertUpdated(tx, base.id, updated);
      await this.#bus.notify(tx, topic, algorithm);
      return id;
    });
  }

  /**
   * Puts a stored version in service: roll-back, forward again, or one that the gate refused.
   * @throws AppError when there is none, or it is broken
   */
  async activate(id: number, operator: number | null): Promise<void> {
    await this.#check(id);
    await this.#sql.transaction(async (tx) => {
      const model = await tx.one<{ algorithm: string; version: number; refused: boolean; verdict: string }>(
        'select algorithm, version, refused, verdict from model where id = $1 and parent is null',
        [id],
      );
      if (!model) throw notFound('model version');
      const { algorithm, version, refused, verdict } = model;
      await lock(tx, algorithm);
      await tx.rows('update model set broken = null where id = $1', [id]);
      const before = await tx.one('select m.id as model, m.version from model_active a join model m on m.id = a.model where a.algorithm = $1', [
        algorithm,
      ]);
      await serve(tx, algorithm, id);
      await tx.rows('update model_active set standard = $2 where algorithm = $1', [algorithm, version]);
      const after = { model: id, version, ...(refused && { refused: verdict }) };
      await audit(tx, { operator, action: 'model.activate', subject: `algorithm ${algorithm}`, before, after });
      await this.#bus.notify(tx, topic, algorithm);
    });
  }

  /** All stored versions, newest first, each with its update. */
  versions(): Promise<ModelVersion[]> {
    return versionsIn(this.#sql);
  }

  /**
   * A stored version as it was trained, without putting it in service; a few stay in memory.
   * @throws AppError when there is none, or it is broken
   */
  async version(id: number): Promise<LoadedModel> {
    for (const model of this.#loaded.values()) if (model.id === id) return model;
    return this.#borrowed.of(id, () => this.#check(id));
  }

  /** Brings memory to what is in service. Calls are served one at a time. */
  refresh(): Promise<void> {
    this.#queue = this.#queue.then(() => this.#refresh()).catch((error: unknown) => this.#log.error('models could not be loaded', error));
    return this.#queue;
  }

  async #refresh(): Promise<void> {
    const all = await candidates(this.#sql);
    for (const algorithm of new Set(all.map((one) => one.algorithm))) {
      await this.#loadBest(
        algorithm,
        all.filter((one) => one.algorithm === algorithm),
      );
    }
    this.#troubled = (await this.#sql.one<{ refused: number; broken: number }>(troubled))!;
  }

  /**
   * Loads the first sound candidate. A broken model must not take the algorithm away: the last good one serves instead,
   * while the operator's choice stays as it is; what is sound in memory is kept.
   */
  async #loadBest(algorithm: string, list: readonly Candidate[]): Promise<void> {
    for (const { id, broken } of list) {
      if (this.#loaded.get(algorithm)?.id === id) return;
      if (broken !== null) continue;
      try {
        const model = await readModel(this.#sql, id);
        // Replaced meanwhile: the news of it is on its way.
        if (model) await this.#takeIn(algorithm, model);
        return;
      } catch (error) {
        await this.#markBroken(id, error);
      }
    }
  }

  /** Requests go on, and are served by the model before, until the new one is prepared. */
  async #takeIn(algorithm: string, model: LoadedModel): Promise<void> {
    try {
      const { prepare } = this.#algorithms.find(({ id }) => id === algorithm) ?? {};
      if (prepare) await inTurns(prepare(model.model));
    } catch (error) {
      this.#log.error(`${algorithm} could not prepare its model`, error);
    }
    this.#loaded.set(algorithm, model);
  }

  /** Reads a version for an operator, who is told what is wrong with it. */
  async #check(id: number): Promise<LoadedModel> {
    try {
      const model = await readModel(this.#sql, id);
      if (model) return model;
    } catch (error) {
      await this.#markBroken(id, error);
      throw conflict(`This version is broken. ${(error as Error).message}`);
    }
    throw notFound('model version');
  }

  /** Told once: the process that finds out first writes it down, and the others hear of it. @throws what is no damage */
  async #markBroken(id: number, error: unknown): Promise<void> {
    if (!(error instanceof DamagedModel)) throw error;
    await this.#sql.transaction(async (tx) => {
      const row = await tx.one<{ algorithm: string; version: number }>(
        'update model set broken = $2 where id = $1 and broken is null returning algorithm, version',
        [id, error.message],
      );
      if (!row) return;
      this.#log.error(`version ${row.version} of ${row.algorithm} (model ${id}) is broken, the last good one is served`, error);
      await this.#bus.notify(tx, topic, row.algorithm);
    });
  }
}

const serve = (tx: Sql, algorithm: string, id: number): Promise<unknown> =>
  tx.rows(
    `insert into model_active (algorithm, model) values ($1, $2)
    on conflict (algorithm) do update set model = excluded.model, since = now()`,
    [algorithm, id],
  );

const troubled = `select count(*) filter (where refused and newest)::integer as refused, count(*) filter (where broken is not null)::integer as broken
  from (select refused, broken, parent is null and version = max(version) over (partition by algorithm) as newest from model) m`;
