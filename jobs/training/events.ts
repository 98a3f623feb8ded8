import type { Sql } from '../../core/database/sql.ts';
import type { Signal } from '../../recommend/signals.ts';
import { unpackInt4 } from '../../core/database/packed.ts';

export interface EventBatch {
  readonly unit: Int32Array;
  readonly film: Int32Array;
}
const batchSize = 50_000;

/** All events of a kind, each unit and film once, in batches that continue where the last one ended. */
export async function* eventsOf(sql: Sql, { rows }: Signal): AsyncGenerator<EventBatch> {
  const batch = `select coalesce(string_agg(int4send(unit), '' order by unit, film), '') as unit,
      coalesce(string_agg(int4send(film), '' order by unit, film), '') as film
    from (select distinct unit, film from (${rows}) s where (unit, film) > ($1, $2) order by unit, film limit $3) b`;
  for (let last: readonly [number, number] | undefined = [0, 0]; last;) {
    const packed: { unit: Buffer; film: Buffer } = (await sql.one<{ unit: Buffer; film: Buffer }>(batch, [...last, batchSize]))!;
    const unit = unpackInt4(packed.unit),
      film = unpackInt4(packed.film);
    if (unit.length > 0) yield { unit, film };
    last = unit.length < batchSize ? undefined : [unit.at(-1)!, film.at(-1)!];
  }
}
