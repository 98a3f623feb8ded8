import { endianness } from 'node:os';
import type { Sql } from '../../core/database/sql.ts';
import type { RatingBatch } from '../../core/models/training-source.ts';

interface Columns {
  readonly unit: Buffer;
  readonly film: Buffer;
  readonly stars: Buffer;
  readonly at: Buffer;
}
const batchSize = 50_000;

/**
 * All ratings in order of unit and film, in batches that continue where the last one ended. PostgreSQL packs each
 * column of a batch into bytes, so that no rating ever becomes an object.
 */
export async function* ratings(sql: Sql): AsyncGenerator<RatingBatch> {
  for (let last: { unit: number; film: number } | undefined = { unit: 0, film: 0 }; last;) {
    const columns: Columns = (await sql.one<Columns>(batch, [last.unit, last.film, batchSize]))!;
    const unit = new Int32Array(numbers(columns.unit, 4)),
      film = new Int32Array(numbers(columns.film, 4));
    if (unit.length === 0) return;
    yield { unit, film, stars: new Float32Array(numbers(columns.stars, 4)), at: new Float64Array(numbers(columns.at, 8)) };
    last = unit.length < batchSize ? undefined : { unit: unit.at(-1)!, film: film.at(-1)! };
  }
}

const batch = `select coalesce(string_agg(int4send(unit), '' order by unit, film), '') as unit,
    coalesce(string_agg(int4send(film), '' order by unit, film), '') as film,
    coalesce(string_agg(float4send(stars), '' order by unit, film), '') as stars,
    coalesce(string_agg(float8send(extract(epoch from rated_at)::double precision), '' order by unit, film), '') as at
  from (select unit, film, stars, rated_at from rating where (unit, film) > ($1, $2) order by unit, film limit $3) b`;

/** PostgreSQL sends the most significant byte first; typed arrays read in this machine's order. */
function numbers(bytes: Buffer, width: 4 | 8): ArrayBuffer {
  const own = Buffer.from(new Uint8Array(bytes).buffer);
  if (endianness() === 'LE') width === 4 ? own.swap32() : own.swap64();
  return own.buffer;
}
