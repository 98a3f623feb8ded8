import { unpackFloat4, unpackFloat8, unpackInt4 } from '../../core/database/packed.ts';
import type { Sql } from '../../core/database/sql.ts';
import type { RatingBatch } from '../../recommend/models/training-source.ts';

interface Columns {
  readonly unit: Buffer;
  readonly film: Buffer;
  readonly stars: Buffer;
  readonly at: Buffer;
}
const batchSize = 50_000;

/**
 * All ratings, or those of some units, in order of unit and film, in batches that continue where the last one ended.
 * PostgreSQL packs each column of a batch into bytes, so that no rating ever becomes an object.
 */
export async function* ratings(sql: Sql, units?: Int32Array): AsyncGenerator<RatingBatch> {
  const only = units ? [Array.from(units)] : [];
  for (let last: { unit: number; film: number } | undefined = { unit: 0, film: 0 }; last;) {
    const columns: Columns = (await sql.one<Columns>(units ? batch(ofUnits) : batch(''), [last.unit, last.film, batchSize, ...only]))!;
    const unit = unpackInt4(columns.unit),
      film = unpackInt4(columns.film);
    if (unit.length === 0) return;
    yield { unit, film, stars: unpackFloat4(columns.stars), at: unpackFloat8(columns.at) };
    last = unit.length < batchSize ? undefined : { unit: unit.at(-1)!, film: film.at(-1)! };
  }
}

const ofUnits = 'and unit = any ($4::integer[])';
const batch = (where: string): string =>
  `select coalesce(string_agg(int4send(unit), '' order by unit, film), '') as unit,
    coalesce(string_agg(int4send(film), '' order by unit, film), '') as film,
    coalesce(string_agg(float4send(stars), '' order by unit, film), '') as stars,
    coalesce(string_agg(float8send(extract(epoch from rated_at)::double precision), '' order by unit, film), '') as at
  from (select unit, film, stars, rated_at from rating where (unit, film) > ($1, $2) ${where} order by unit, film limit $3) b`;

/**
 * Units with ratings, watches or dismissals that came or went since the snapshot, or with what other plugins' triggers note
 * in the same table: clicks, picks, films on the watchlist. A snapshot that this cluster has not reached
 * yet comes from another one, by a backup say, and knows none of the transactions here: then everybody has changed.
 */
export async function changedSince(sql: Sql, snapshot: string): Promise<Int32Array> {
  const { units } = (await sql.one<{ units: Buffer }>(
    `select coalesce(string_agg(int4send(unit), ''), '') as units from history_change
    where tx >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(tx, $1::pg_snapshot)
      or pg_snapshot_xmax($1::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot())`,
    [snapshot],
  ))!;
  return unpackInt4(units);
}
