import { audit } from '../../core/audit.ts';
import type { Sql } from '../../core/database/sql.ts';
import { conflict, invalid, notFound } from '../../core/errors.ts';
import type { Role } from '../../core/http/request.ts';
import type { AccountsService, Created, FoundAccount, NewAccount, Profile } from './api.ts';
import { hashPassword } from './password.ts';
import { adopt, unitOf } from './units.ts';

type Stored = Omit<NewAccount, 'password'> & { readonly passwordHash: string };

/** Stores an account, with the visitor's unit or a new one. 422 with the field when the handle or the address is taken. */
export async function insertAccount(tx: Sql, input: Stored, visitor?: string): Promise<Created> {
  const { name, handle, email, passwordHash, role = 'viewer', simulated = false, joined = new Date() } = input;
  const row = await tx.one<{ id: number }>(
    `insert into account (name, handle, email, password_hash, role, simulated, created_at)
    values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id`,
    [name, handle, email, passwordHash, role, simulated, joined],
  );
  if (!row) throw invalid(await taken(tx, input));
  const unit = visitor === undefined ? await unitOf(tx, { account: row.id }) : (await adopt(tx, row.id, visitor)).unit;
  return { account: row.id, unit };
}

async function taken(tx: Sql, { handle, email }: Stored): Promise<Record<string, string>> {
  const rows = await tx.rows<{ handle: string; email: string }>(
    'select handle, lower(email) as email from account where handle = $1 or lower(email) = lower($2)',
    [handle, email],
  );
  return {
    ...(rows.some((row) => row.handle === handle) && { handle: 'This handle is taken. Choose another one.' }),
    ...(rows.some((row) => row.email === email.toLowerCase()) && { email: 'There is an account with this address. Sign in instead.' }),
  };
}

/** What other plugins may ask about accounts. */
export function accountsOver(sql: Sql, announce: (created: Created) => void): AccountsService {
  return {
    async create({ password, ...input }) {
      const passwordHash = await hashPassword(password);
      const created = await sql.transaction((tx) => insertAccount(tx, { ...input, passwordHash }));
      announce(created);
      return created;
    },
    byHandle: (handle) => sql.one<Profile>(`${profile} where account.handle = $1 and account.left_at is null`, [handle.toLowerCase()]),
    async publicProfiles(ids) {
      // Many a page has room for people and nobody to show there.
      if (ids.length === 0) return new Map();
      const rows = await sql.rows<Profile>(`${profile} where account.id = any($1::int[])`, [ids]);
      return new Map(rows.map((row) => [row.id, row]));
    },
    search: (text) => sql.rows<FoundAccount>(found, [`${escaped(text)}%`, `% ${escaped(text)}%`]),
    async refuseUnknown(unit) {
      if (!(await sql.one('select id from unit where id = $1', [unit]))) throw notFound('viewer');
    },
    setRole: (id, role, operator) => sql.transaction((tx) => setRole(tx, id, role, operator)),
  };
}
const profile = `select account.id, account.handle, account.name, account.bio, coalesce(unit.id, 0) as unit, account.created_at as joined
  from account left join unit on unit.account = account.id`;

/** $1 how a handle or name begins, $2 a later word of the name */
const found = `select unit.id as unit, account.handle, account.name, account.simulated from account join unit on unit.account = account.id
  where account.left_at is null and (account.handle ilike $1 or account.name ilike $1 or account.name ilike $2)
  order by account.simulated, account.role <> 'viewer', account.handle limit 8`;
const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

async function setRole(tx: Sql, id: number, role: Role, operator: number | null): Promise<void> {
  const before = await tx.one<{ role: Role; last: boolean }>(
    `select role,
    not exists (select from account where role = 'admin' and id <> $1) as last from account where id = $1 for update`,
    [id],
  );
  if (!before) throw notFound('account');
  if (before.role === role) return;
  if (before.role === 'admin' && before.last) throw conflict('This is the last admin. Give somebody else that role first.');
  await tx.rows('update account set role = $2 where id = $1', [id, role]);
  await audit(tx, { operator, action: 'account.role', subject: `account ${id}`, before: { role: before.role }, after: { role } });
}
