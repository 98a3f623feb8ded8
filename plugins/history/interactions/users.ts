import type { Sql } from '../../../core/database/sql.ts';
import type { IdentityProvider } from '../../../core/http/request.ts';

interface Named {
  readonly name: string;
  readonly unit: number;
}
const visitorPattern = /^visitor:([\w-]{8,100})$/;
const isHandle = (name: string): boolean => /^[a-z0-9_]{2,30}$/.test(name);
const isId = (name: string): boolean => /^[1-9]\d{0,9}$/.test(name) && Number(name) <= 2_147_483_647;

/** Units by the names that programs use; names that nobody has are left out. */
export async function unitsByName(sql: Sql, names: readonly string[]): Promise<Map<string, number>> {
  const ids = names.filter(isId),
    handles = names.filter((name) => isHandle(name) && !isId(name));
  const visitors = names.flatMap((name) => visitorPattern.exec(name)?.[1] ?? []);
  const rows = await sql.rows<Named>(
    `
    select account::text as name, id as unit from unit where account = any($1::integer[])
    union all select a.handle, u.id from account a join unit u on u.account = a.id where a.handle = any($2::text[])
    union all select 'visitor:' || visitor, id from unit where visitor = any($3::text[])`,
    [ids.map(Number), handles, visitors],
  );
  return new Map(rows.map(({ name, unit }) => [name, unit]));
}

/** The same, and visitors who are new get a unit. */
export async function unitsOrNew(sql: Sql, identity: IdentityProvider, names: readonly string[]): Promise<Map<string, number>> {
  const units = await unitsByName(sql, names);
  for (const name of names) {
    const visitor = visitorPattern.exec(name)?.[1];
    if (visitor !== undefined && !units.has(name)) units.set(name, await identity.unit({ visitor }));
  }
  return units;
}
