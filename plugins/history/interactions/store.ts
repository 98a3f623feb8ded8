import type { Sql } from '../../../core/database/sql.ts';
import type { IdentityProvider } from '../../../core/http/request.ts';
import { fieldErrors } from '../../../core/http/form.ts';
import { Interaction, type Outcome } from './schema.ts';
import { unitsOrNew } from './users.ts';

/** An interaction that may be stored. */
export interface Accepted {
  readonly index: number;
  readonly id: string;
  readonly unit: number;
  readonly film: number;
  readonly kind: Interaction['kind'];
  readonly stars: number | undefined;
  readonly at: Date;
}
type Row = { readonly index: number; readonly value: Interaction };
/** How far the sender's clock may be ahead, in milliseconds. */
const clockSkew = 3_600_000;

/** Stores what is right, all in one transaction, and says of every row what became of it. */
export async function storeInteractions(
  sql: Sql,
  identity: IdentityProvider,
  rows: readonly unknown[],
  now: Date,
): Promise<{ stored: Accepted[]; results: Outcome[] }> {
  const results: Outcome[] = [];
  const refuse = (index: number, id: string | undefined, reason: string): void => {
    results[index] = { index, id, status: 'refused', reason };
  };
  const wellFormed = rows.flatMap((row, index): Row[] => {
    const { success, data, error } = Interaction.safeParse(row);
    if (success) return [{ index, value: data }];
    refuse(
      index,
      idOf(row),
      Object.entries(fieldErrors(error))
        .map(([field, message]) => `${field}: ${message}`)
        .join(' '),
    );
    return [];
  });
  const units = await unitsOrNew(sql, identity, [...new Set(wellFormed.map(({ value }) => String(value.user)))]);
  const films = await visibleFilms(sql, wellFormed);
  const candidates = wellFormed.flatMap(({ index, value }): Accepted[] => {
    const { user, stars, film, kind, id } = value,
      unit = units.get(String(user)),
      at = value.at === undefined ? now : new Date(value.at);
    const reason = unit === undefined ? 'user: There is no such user.' : !films.has(film) ? 'film: There is no such film.' : wrongTime(at, now);
    if (unit !== undefined && reason === undefined) return [{ index, id: id.toLowerCase(), unit, film, kind, stars, at }];
    refuse(index, id, reason ?? '');
    return [];
  });
  const stored = await sql.transaction((tx) => storeNew(tx, candidates));
  for (const { index, id } of candidates) results[index] = { index, id, status: 'duplicate' };
  for (const { index, id } of stored) results[index] = { index, id, status: 'accepted' };
  return { stored, results };
}

const idOf = (row: unknown): string | undefined => {
  const id = (row as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id.slice(0, 40) : undefined;
};

const wrongTime = (at: Date, now: Date): string | undefined =>
  at.getTime() > now.getTime() + clockSkew || at.getTime() < 0 ? 'at: The time must lie between 1970 and now.' : undefined;

async function visibleFilms(sql: Sql, rows: readonly Row[]): Promise<Set<number>> {
  const ids = [...new Set(rows.map(({ value }) => value.film))].filter((id) => id <= 2_147_483_647);
  return new Set((await sql.rows<{ id: number }>('select id from film where id = any($1) and not hidden', [ids])).map(({ id }) => id));
}

/** An id counts once, in this batch and as long as it is remembered. Of two marks on one film the newer stays, whichever comes first. */
async function storeNew(tx: Sql, candidates: readonly Accepted[]): Promise<Accepted[]> {
  const first = new Map(candidates.toReversed().map((row) => [row.id, row]));
  const claimed = await tx.rows<{ id: string }>(
    `insert into api_interaction (id)
    select id from unnest($1::uuid[]) id order by id on conflict do nothing returning id`,
    [[...first.keys()]],
  );
  const fresh = new Set(claimed.map(({ id }) => id));
  const stored = candidates.filter((row) => fresh.has(row.id) && first.get(row.id) === row);
  for (const [kind, statement] of Object.entries(upserts)) {
    const rows = stored.filter((row) => row.kind === kind);
    if (rows.length > 0)
      await tx.rows(statement, [
        rows.map(({ unit }) => unit),
        rows.map(({ film }) => film),
        rows.map(({ at }) => at),
        rows.map(({ stars }) => stars ?? null),
      ]);
  }
  return stored;
}

const newest = `select distinct on (unit, film) unit, film, at, stars
  from unnest($1::integer[], $2::integer[], $3::timestamptz[], $4::real[]) as r(unit, film, at, stars) order by unit, film, at desc`;
const upserts: Record<Interaction['kind'], string> = {
  rating: `insert into rating (unit, film, rated_at, stars) ${newest}
    on conflict (unit, film) do update set rated_at = excluded.rated_at, stars = excluded.stars where excluded.rated_at >= rating.rated_at`,
  watched: `insert into watch (unit, film, watched_at) select unit, film, at from (${newest}) n
    on conflict (unit, film) do update set watched_at = excluded.watched_at where excluded.watched_at > watch.watched_at`,
  dismissed: `insert into dismissal (unit, film, at) select unit, film, at from (${newest}) n
    on conflict (unit, film) do update set at = excluded.at where excluded.at > dismissal.at`,
};
