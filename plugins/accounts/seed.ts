import type { Sql } from '../../core/database/sql.ts';
import type { Role } from '../../core/http/request.ts';
import type { Created } from './api.ts';
import { insertAccount } from './accounts.ts';
import { hashPassword } from './password.ts';
import { unitOf } from './units.ts';

/** The accounts of the first start: one for each kind of user. */
export const firstAccounts = [
  { handle: 'alex', name: 'Alex Lindgren', email: 'viewer@marquee.local', role: 'viewer' },
  { handle: 'morgan', name: 'Morgan Okafor', email: 'manager@marquee.local', role: 'manager' },
  { handle: 'robin', name: 'Robin Castellano', email: 'admin@marquee.local', role: 'admin' },
] as const satisfies readonly { handle: string; name: string; email: string; role: Role }[];

export type FirstHandle = (typeof firstAccounts)[number]['handle'];

/** Stores the accounts of the first start with these passwords. One that is there already stays as it is. */
export const seedAccounts = (sql: Sql, passwords: Readonly<Record<FirstHandle, string>>): Promise<Record<FirstHandle, Created>> =>
  sql.transaction(async (tx) => {
    const ids = {} as Record<FirstHandle, Created>;
    for (const first of firstAccounts) {
      const known = await tx.one<{ id: number }>('select id from account where handle = $1', [first.handle]);
      ids[first.handle] = known
        ? { account: known.id, unit: await unitOf(tx, { account: known.id }) }
        : await insertAccount(tx, { ...first, passwordHash: await hashPassword(passwords[first.handle]) });
    }
    return ids;
  });

export interface SimulatedProfile {
  readonly name: string;
  readonly handle: string;
  readonly joined: Date;
}

/** Sign-in address of a simulated viewer; the domain can never exist (RFC 2606). */
export const simulatedEmail = (handle: string): string => `${handle}@viewers.invalid`;

/**
 * Stores many simulated viewers, each with a unit, in two statements. They share one password hash.
 * @returns account and unit ids, in the order of the profiles
 */
export function insertSimulated(sql: Sql, profiles: readonly SimulatedProfile[], passwordHash: string): Promise<Created[]> {
  const handles = profiles.map(({ handle }) => handle);
  const joined = profiles.map((profile) => profile.joined);
  return sql.transaction(async (tx) => {
    await tx.rows(
      `insert into account (handle, name, email, created_at, password_hash, simulated)
      select handle, name, email, joined, $5, true
      from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) with ordinality as p (handle, name, email, joined, n) order by n`,
      [handles, profiles.map(({ name }) => name), handles.map(simulatedEmail), joined, passwordHash],
    );
    await tx.rows(
      `insert into unit (account, simulated, created_at)
      select account.id, true, account.created_at from unnest($1::text[]) with ordinality as p (handle, n)
      join account using (handle) order by n`,
      [handles],
    );
    return tx.rows<Created>(
      `select account.id as account, unit.id as unit from unnest($1::text[]) with ordinality as p (handle, n)
      join account using (handle) join unit on unit.account = account.id order by n`,
      [handles],
    );
  });
}
