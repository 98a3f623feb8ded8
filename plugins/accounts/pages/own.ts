import type { Sql } from '../../../core/database/sql.ts';
import type { Account } from '../../../core/http/request.ts';

/** What somebody sees of the own account. */
export interface Own {
  readonly name: string;
  readonly handle: string;
  readonly email: string;
  readonly bio: string;
  readonly language: string | null;
  readonly shortcuts: boolean;
  readonly picture: boolean;
  /** changes with the picture, so that browsers show the new one at once */
  readonly version: string;
}

export const ownOf = async (sql: Sql, { id }: Pick<Account, 'id'>): Promise<Own> =>
  (await sql.one<Own>(
    `select a.name, a.handle, a.email, a.bio, a.language, a.shortcuts, v.account is not null as picture,
    coalesce(extract(epoch from v.changed_at)::bigint::text, '0') as version
    from account a left join avatar v on v.account = a.id where a.id = $1`,
    [id],
  ))!;

export const emailOf = async (sql: Sql, id: number): Promise<string> =>
  (await sql.one<{ email: string }>('select email from account where id = $1', [id]))!.email;
