import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Sql } from '../../core/database/sql.ts';
import type { Model } from '../algorithm.ts';
import { AppError } from '../../core/errors.ts';
import { decode } from './format.ts';

export interface LoadedModel {
  readonly id: number;
  readonly version: number;
  /** counts the updates since it was trained; 0 = as trained */
  readonly revision: number;
  readonly films: number;
  readonly model: Model;
}

/** A model in the database as far as it matters for serving. */
export interface Candidate {
  readonly id: number;
  readonly algorithm: string;
  readonly broken: string | null;
}

/**
 * What a process may serve, best first: the update of the version in service, that version itself, then the last good
 * ones: accepted versions, newest first, each after its own update.
 */
export const candidates = (sql: Sql, algorithm?: string): Promise<Candidate[]> =>
  sql.rows<Candidate>(
    `select m.id, m.algorithm, m.broken from model m join model_active a on a.algorithm = m.algorithm
    where coalesce(m.algorithm = $1, true) and (not m.refused or a.model in (m.id, m.parent))
    order by m.algorithm, coalesce(a.model in (m.id, m.parent), false) desc, m.version desc, m.revision desc`,
    [algorithm ?? null],
  );

/** A stored model is no model. `message` says what is wrong with it and what to do. */
export class DamagedModel extends AppError {
  constructor(reason: string, cause?: unknown) {
    super('MODEL_DAMAGED', 500, `${reason} Train the algorithm again.`, {}, cause);
  }
}

interface Row {
  readonly version: number;
  readonly revision: number;
  readonly films: number;
  readonly size: number;
  readonly checksum: string;
  readonly bytes: Buffer | null;
}

/**
 * Reads a model in one statement, so that it is whole or gone, and checks it.
 * @returns undefined when there is none of this id
 * @throws DamagedModel for missing or changed bytes, and for bytes that are no model
 */
export async function readModel(sql: Sql, id: number): Promise<LoadedModel | undefined> {
  const rows = await sql.rows<Row>(
    `select m.version, m.revision, m.films, m.bytes as size, m.checksum, c.bytes
    from model m left join model_chunk c on c.model = m.id where m.id = $1 order by c.n`,
    [id],
  );
  const [row] = rows;
  if (!row) return undefined;
  const { version, revision, films } = row;
  return { id, version, revision, films, model: await checked(rows) };
}

/** In small steps: web processes load models while they serve pages. */
async function checked(rows: readonly Row[]): Promise<Model> {
  const { size, checksum } = rows[0]!,
    chunks = rows.map(({ bytes }) => bytes ?? Buffer.alloc(0));
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  if (length === 0) throw new DamagedModel('It holds no bytes.');
  if (length !== size) throw new DamagedModel(`It should have ${inWords(size)}, ${inWords(length)} are there.`);
  const hash = createHash('sha256');
  for (const chunk of chunks) {
    hash.update(chunk);
    await setImmediate();
  }
  if (hash.digest('hex') !== checksum) throw new DamagedModel('Its bytes were changed: the checksum differs.');
  try {
    return decode(Buffer.concat(chunks));
  } catch (error) {
    throw new DamagedModel('Its header cannot be read.', error);
  }
}
const inWords = (bytes: number): string => `${bytes.toLocaleString('en')} bytes`;

/** The model that serves, read by a process that serves nothing; undefined when there is no sound one. */
export async function readServed(sql: Sql, algorithm: string): Promise<LoadedModel | undefined> {
  for (const { id, broken } of await candidates(sql, algorithm)) {
    if (broken !== null) continue;
    const model = await readModel(sql, id).catch((error: unknown) => {
      if (error instanceof DamagedModel) return undefined;
      throw error;
    });
    if (model) return model;
  }
  return undefined;
}

/** What the next update of an algorithm begins with. */
export interface UpdateSource {
  readonly id: number;
  readonly settings: object;
  readonly films: number;
  /** what was committed when its data was read; null where that was not written down */
  readonly snapshot: string | null;
}

/** The version in service or its update, whichever serves; undefined while neither is sound. */
export const updateSource = (sql: Sql, algorithm: string): Promise<UpdateSource | undefined> =>
  sql.one<UpdateSource>(
    `select m.id, m.settings, m.films, m.snapshot from model m join model_active a on a.model in (m.id, m.parent)
    where m.algorithm = $1 and m.broken is null order by m.revision desc limit 1`,
    [algorithm],
  );
