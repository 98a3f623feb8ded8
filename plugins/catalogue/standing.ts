import { unpackFloat4, unpackInt4 } from '../../core/database/packed.ts';
import type { Sql } from '../../core/database/sql.ts';

/** How often films were rated and how many stars they got together, by position. */
export interface Standing {
  readonly ratings: Int32Array;
  readonly stars: Float32Array;
}

/** As of now; the database changes it with every rating. */
export async function loadStanding(sql: Sql): Promise<Standing> {
  const row = await sql.one<{ ratings: Buffer; stars: Buffer }>(packed);
  return row ? { ratings: unpackInt4(row.ratings), stars: unpackFloat4(row.stars) } : { ratings: new Int32Array(), stars: new Float32Array() };
}

const packed = `select coalesce(string_agg(int4send(rating_count), '' order by id), '') as ratings,
  coalesce(string_agg(float4send(rating_sum), '' order by id), '') as stars from film`;
