import { createHash } from 'node:crypto';
import type { Sql } from '../../core/database/sql.ts';
import type { AnyPlugin } from '../../core/plugin.ts';
import type { TrainingData } from '../../core/recommend/algorithm.ts';
import type { RatingBatch } from '../../core/models/training-source.ts';
import { sparseRows } from '../../math/sparse.ts';
import { GrowingColumns } from './growing-columns.ts';

const secondsADay = 86_400;
export interface LoadedData {
  readonly data: TrainingData;
  /** names exactly this data */ readonly fingerprint: string;
}

/** Streams ratings into typed arrays; the sources are the plugins that own the tables. */
export async function loadTrainingData(sql: Sql, plugins: readonly AnyPlugin[]): Promise<LoadedData> {
  const films = (await plugins.find((plugin) => plugin.training?.films)?.training?.films?.(sql)) ?? [];
  const positions = new Map(films.map(({ id }, position) => [id, position]));
  const columns = new GrowingColumns();
  const hash = createHash('sha256').update(String(films.length));
  const source = plugins.find((plugin) => plugin.training?.ratings)?.training?.ratings?.(sql);
  if (source)
    for await (const batch of source) {
      append(columns, batch, positions);
      digest(hash, batch);
    }
  return { data: assemble(films, columns), fingerprint: hash.digest('hex').slice(0, 16) };
}

function append(columns: GrowingColumns, batch: RatingBatch, positions: ReadonlyMap<number, number>): void {
  for (let i = 0; i < batch.unit.length; i++) {
    const film = positions.get(batch.film[i]!);
    if (film !== undefined) columns.push(batch.unit[i]!, film, batch.stars[i]!, batch.at[i]!);
  }
}

function digest(hash: ReturnType<typeof createHash>, { unit, film, stars, at }: RatingBatch): void {
  for (const column of [unit, film, stars, at]) hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
}

function assemble(films: TrainingData['films'], columns: GrowingColumns): TrainingData {
  const { unit, film, stars, at } = columns.trimmed();
  const rowOf = new Map<number, number>();
  const row = unit.map((id) => {
    let index = rowOf.get(id);
    if (index === undefined) rowOf.set(id, (index = rowOf.size));
    return index;
  });
  const ratings = sparseRows(rowOf.size, films.length, { row, column: film, value: stars });
  const newest = at.reduce((latest, time) => Math.max(latest, time), 0);
  return { films, ratings, age: Float32Array.from(ratings.order, (entry) => (newest - at[entry]!) / secondsADay) };
}
