import type { Sql } from '../../core/database/sql.ts';
import { checksum } from './format.ts';
import type { Contender, Standards } from './gate.ts';
import type { Metrics } from './metrics.ts';

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
  /** largest heap and array buffers of the training thread, that of kernels included, sampled where it reported progress */
  readonly peakBytes?: number;
  /** what was committed when the data was read, as pg_current_snapshot() says it; without it the model cannot be updated */
  readonly snapshot?: string;
}

/** What a micro-batch made of a model, ready to be stored. */
export interface Updated {
  readonly algorithm: string;
  /** the model that it began with: a trained version or that one's last update */
  readonly source: number;
  readonly bytes: Uint8Array;
  readonly films: number;
  /** viewers in the batch */
  readonly units: number;
  readonly seconds: number;
  readonly peakBytes: number;
  readonly snapshot: string;
}

const chunkBytes = 1 << 20;

/** Publishing, updating and pruning of one algorithm's models exclude each other until the transaction ends. */
export const lock = (tx: Sql, algorithm: string): Promise<unknown> => tx.rows('select pg_advisory_xact_lock(hashtext($1))', [`model ${algorithm}`]);

/** @returns the new version */
export async function insertTrained(
  tx: Sql,
  trained: Trained,
  { refused, verdict }: { refused: boolean; verdict: string },
): Promise<{ id: number; version: number }> {
  const { algorithm, bytes, settings, metrics, films, ratings, fingerprint, seconds, peakBytes, snapshot } = trained;
  const row = (await tx.one<{ id: number; version: number }>(
    `insert into model (algorithm, version, settings, metrics, films, ratings, data_fingerprint, seconds, bytes, checksum, peak_bytes, snapshot, refused, verdict)
    values ($1, (select coalesce(max(version), 0) + 1 from model where algorithm = $1), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    returning id, version`,
    [
      algorithm,
      JSON.stringify(settings),
      JSON.stringify(metrics),
      films,
      ratings,
      fingerprint,
      seconds,
      bytes.length,
      checksum(bytes),
      peakBytes ?? null,
      snapshot ?? null,
      refused,
      verdict,
    ],
  ))!;
  await insertChunks(tx, row.id, bytes);
  return row;
}

/** Stores an update in the place of the one before. Settings, metrics and all that training found out are the parent's. */
export async function insertUpdated(tx: Sql, parent: number, updated: Updated): Promise<number> {
  const { bytes, films, units, seconds, peakBytes, snapshot } = updated;
  const before = await tx.one<{ revision: number }>('delete from model where parent = $1 returning revision', [parent]);
  const { id } = (await tx.one<{ id: number }>(
    `insert into model (algorithm, version, settings, metrics, films, ratings, data_fingerprint, seconds, bytes, checksum, peak_bytes, snapshot, refused, verdict,
      parent, revision, units)
    select algorithm, version, settings, metrics, $2, ratings, data_fingerprint, $3, $4, $5, $6, $7, refused, verdict, id, $8, $9 from model where id = $1
    returning id`,
    [parent, films, seconds, bytes.length, checksum(bytes), peakBytes, snapshot, (before?.revision ?? 0) + 1, units],
  ))!;
  await insertChunks(tx, id, bytes);
  return id;
}

async function insertChunks(tx: Sql, model: number, bytes: Uint8Array): Promise<void> {
  for (let n = 0; n * chunkBytes < bytes.length; n++) {
    const chunk = Buffer.from(bytes.subarray(n * chunkBytes, (n + 1) * chunkBytes));
    await tx.rows('insert into model_chunk (model, n, bytes) values ($1, $2, $3)', [model, n, chunk]);
  }
}

/** Accepted and sound trained versions, the one in service first, then the newest: the first is the champion, the next the last good one. */
const good = `select m.id from model m left join model_active a on a.model = m.id
  where m.algorithm = $1 and m.parent is null and m.broken is null and (not m.refused or a.model is not null)
  order by a.model is not null desc, m.version desc`;

/** Accepted and sound versions, the best by their figures first, from the one on that an operator last put in service. */
const best = `select m.id from model m join model_active a using (algorithm)
  where m.algorithm = $1 and m.parent is null and m.broken is null and m.version >= a.standard and (not m.refused or m.version = a.standard)
  order by (m.metrics ->> 'ndcg10')::double precision desc, m.version desc`;

/** The models that a challenger has to match; undefined while there is no sound one. */
export async function standardsOf(tx: Sql, algorithm: string): Promise<Standards | undefined> {
  const first = (order: string): Promise<Contender | undefined> =>
    tx.one<Contender>(`select version, metrics, data_fingerprint as fingerprint from model where id = (${order} limit 1)`, [algorithm]);
  const champion = await first(good),
    other = await first(best);
  return champion && { champion, ...(other && other.version !== champion.version && { best: other }) };
}

/** Keeps so many versions: the one in service, the last good one, the best, then the newest. Updates go with their version. */
export async function prune(tx: Sql, algorithm: string, kept: number): Promise<void> {
  await tx.rows(
    `delete from model where algorithm = $1 and parent is null and id not in (
      select m.id from model m left join model_active a on a.model = m.id where m.algorithm = $1 and m.parent is null
      order by a.model is not null desc, m.id in (${good} limit 2) desc, m.id in (${best} limit 1) desc, m.version desc limit $2)
      and id not in (select model from model_pin)`,
    [algorithm, kept],
  );
}
