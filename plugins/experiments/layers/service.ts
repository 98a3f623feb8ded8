import { randomUUID } from 'node:crypto';
import { audit } from '../../../core/audit.ts';
import type { Bus } from '../../../core/bus.ts';
import type { Sql } from '../../../core/database/sql.ts';
import { conflict, notFound, stale } from '../../../core/errors.ts';
import { read } from '../../../core/http/form.ts';
import { Changes, type Change } from '../changes.ts';
import { HoldoutInput, LayerInput } from '../input/audience.ts';
import { experimentsIn, topic, type Experiment, type Status } from '../model.ts';
import { start } from '../service.ts';
import { storeArms } from '../store.ts';

/** Where in a layer an experiment or a holdout is. */
export interface Occupant {
  readonly id: number;
  readonly name: string;
  readonly status: Status;
  readonly start: number;
  readonly end: number;
  /** share of its range that takes part */
  readonly coverage: number;
}
export interface Holdout {
  readonly id: number;
  readonly name: string;
  readonly status: Status;
  /** percent of the units that is held out */
  readonly share: number;
  readonly version: number;
}
export interface Layer {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly version: number;
  /** of what runs, is paused or waits for its start, by their start */
  readonly experiments: readonly Occupant[];
  readonly holdout: Holdout | null;
}
interface Row {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly version: number;
}
const columns = 'id, key, name, description, version';

/** Layers of mutual exclusion, and shares of viewers that no experiment touches. */
export class Layers {
  readonly #changes: Changes;
  constructor(sql: Sql, bus: Bus) {
    this.#changes = new Changes(sql, bus);
  }

  /** All layers with who is where, and the holdout of the whole site. */
  async all(): Promise<{ readonly layers: readonly Layer[]; readonly holdout: Holdout | null }> {
    const { sql } = this.#changes,
      rows = await sql.rows<Row>(`select ${columns} from experiment_layer order by name`);
    const live = await experimentsIn(sql, ['scheduled', 'running', 'paused']);
    return {
      layers: rows.map((row) => ({ ...row, experiments: occupants(live, row.id), holdout: holdoutOf(live, row.id) })),
      holdout: holdoutOf(live, null),
    };
  }

  async create(input: unknown, operator: number | null): Promise<Row> {
    const { name, description } = read(LayerInput, input);
    return this.#changes.sql.transaction(async (tx) => {
      await refuseTaken(tx, name, 0);
      const row = await tx.one<Row>(
        `insert into experiment_layer (key, name, description, created_by) values ($1, $2, $3, $4) returning ${columns}`,
        [randomUUID(), name, description, operator],
      );
      return this.#done(tx, 'create', operator, undefined, row);
    });
  }

  async edit(id: number, input: unknown, { operator, version }: Omit<Change, 'at'>): Promise<Row> {
    const { name, description } = read(LayerInput, input);
    return this.#changes.sql.transaction(async (tx) => {
      const before = await found(tx, id, version);
      await refuseTaken(tx, name, id);
      const row = await tx.one<Row>(
        `update experiment_layer set name = $2, description = $3, version = version + 1 where id = $1 returning ${columns}`,
        [id, name, description],
      );
      return this.#done(tx, 'edit', operator, before, row);
    });
  }

  /** A layer that an experiment was ever in stays, because its results say so. */
  delete(id: number, { operator, version }: Omit<Change, 'at'>): Promise<Row> {
    return this.#changes.sql.transaction(async (tx) => {
      const before = await found(tx, id, version),
        used = await tx.one<{ name: string }>('select name from experiment where layer = $1 order by id desc limit 1', [id]);
      if (used) throw conflict(`“${used.name}” is in this layer. Only a layer without experiments can be deleted.`);
      await tx.rows('delete from experiment_layer where id = $1', [id]);
      return this.#done(tx, 'delete', operator, before, undefined);
    });
  }

  /** From now on a share of the units is in none of the layer's experiments, or, without a layer, in none at all. */
  async holdOut(input: unknown, operator: number | null, at: Date): Promise<Experiment> {
    const { name, layer, share, includeSimulated, metric } = read(HoldoutInput, input);
    return this.#changes.sql.transaction(async (tx) => {
      if (layer !== null && !(await tx.one('select id from experiment_layer where id = $1', [layer]))) throw notFound('layer');
      await refuseSecond(tx, layer);
      const draft = (await tx.one<{ id: number }>(
        `insert into experiment (name, kind, primary_metric, seed, layer, include_simulated, created_by) values ($1, 'holdout', $2, $3, $4, $5, $6)
        returning id`,
        [name, metric, randomUUID(), layer, includeSimulated, operator],
      ))!;
      const arm = { blend: null, overrides: {} };
      await storeArms(tx, draft.id, 1, [
        { ...arm, key: 'control', name: 'Held out', share },
        { ...arm, key: 'b', name: 'In experiments', share: Number((100 - share).toFixed(2)) },
      ]);
      const { seed } = (await tx.one<{ seed: string }>('select seed from experiment where id = $1', [draft.id]))!;
      await start(tx, { id: draft.id, phase: 1, seed }, at);
      return this.#changes.done(tx, draft.id, 'hold-out', operator, undefined);
    });
  }

  async #done(tx: Sql, action: string, operator: number | null, before: Row | undefined, after: Row | undefined): Promise<Row> {
    const row = (after ?? before)!;
    await audit(tx, { operator, action: `layer.${action}`, subject: `layer ${row.id}`, before, after });
    await this.#changes.bus.notify(tx, topic);
    return row;
  }
}

const occupants = (live: readonly Experiment[], layer: number): Occupant[] =>
  live
    .filter((one) => one.layer === layer && one.kind !== 'holdout')
    .map(({ id, name, status, start: from, end, coverage }) => ({ id, name, status, start: from, end, coverage }))
    .sort((a, b) => a.start - b.start);

function holdoutOf(live: readonly Experiment[], layer: number | null): Holdout | null {
  const one = live.find(({ kind, layer: own }) => kind === 'holdout' && own === layer);
  return one ? { id: one.id, name: one.name, status: one.status, share: one.arms[0]!.share, version: one.version } : null;
}

async function found(tx: Sql, id: number, version: number): Promise<Row> {
  const row = await tx.one<Row>(`select ${columns} from experiment_layer where id = $1 for update`, [id]);
  if (!row) throw notFound('layer');
  if (row.version !== version) throw stale('layer');
  return row;
}

async function refuseTaken(tx: Sql, name: string, own: number): Promise<void> {
  await tx.rows(`select pg_advisory_xact_lock(hashtext('experiment.layer'))`);
  if (await tx.one('select id from experiment_layer where name = $1 and id <> $2', [name, own]))
    throw conflict(`There is a layer “${name}” already. Choose another name.`);
}

async function refuseSecond(tx: Sql, layer: number | null): Promise<void> {
  await tx.rows(`select pg_advisory_xact_lock(hashtext('experiment.running'))`);
  const other = (await experimentsIn(tx, ['running', 'paused'])).find((one) => one.kind === 'holdout' && one.layer === layer);
  if (other) throw conflict(`“${other.name}” holds viewers out already. End it first.`);
}
