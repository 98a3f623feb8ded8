import type { Sql } from '../../core/database/sql.ts';
import type { Metrics } from './metrics.ts';

/** What micro-batches made of a version: the newest only. */
export interface ModelUpdate {
  readonly id: number;
  /** counts the updates since the training */
  readonly revision: number;
  readonly created_at: Date;
  readonly films: number;
  /** viewers in the last batch */
  readonly units: number;
  readonly seconds: number;
  readonly bytes: number;
  /** why it cannot be loaded */
  readonly broken: string | null;
}

/** A trained model as operators see it. */
export interface ModelVersion {
  readonly id: number;
  readonly algorithm: string;
  readonly version: number;
  readonly settings: object;
  readonly metrics: Metrics;
  readonly films: number;
  readonly ratings: number;
  /** names the data exactly */
  readonly fingerprint: string;
  readonly seconds: number;
  readonly bytes: number;
  /** largest heap and array buffers of the training thread, that of kernels included, sampled */
  readonly peakBytes: number | null;
  readonly created_at: Date;
  /** what the operator or the gate chose to serve */
  readonly active: boolean;
  readonly refused: boolean;
  /** the gate's words */
  readonly verdict: string;
  /** why it cannot be loaded, with what to do */
  readonly broken: string | null;
  readonly update: ModelUpdate | null;
}
type Row = Omit<ModelVersion, 'update'> & ModelUpdate & { readonly parent: number | null };

/** All stored versions, newest first. */
export async function versionsIn(sql: Sql): Promise<ModelVersion[]> {
  const rows = await sql.rows<Row>(
    `select m.id, m.algorithm, m.version, m.settings, m.metrics, m.films, m.ratings, m.data_fingerprint as fingerprint, m.seconds, m.bytes,
      m.peak_bytes as "peakBytes", m.created_at, a.model is not null as active, m.refused, m.verdict, m.broken, m.parent, m.revision, m.units
    from model m left join model_active a on a.model = m.id order by m.algorithm, m.version desc`,
  );
  const updates = new Map(rows.filter(({ parent }) => parent !== null).map((row) => [row.parent, row]));
  return rows.filter(({ parent }) => parent === null).map((row) => ({ ...trainedOf(row), update: updateOf(updates.get(row.id)) }));
}

const trainedOf = ({ parent: _parent, revision: _revision, units: _units, ...version }: Row) => version;

function updateOf(row: Row | undefined): ModelUpdate | null {
  if (!row) return null;
  const { id, revision, created_at, films, units, seconds, bytes, broken } = row;
  return { id, revision, created_at, films, units, seconds, bytes, broken };
}
