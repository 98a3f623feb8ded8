import { service } from '../../core/plugin.ts';

export type Scope = 'read' | 'write';
export interface TokenRow {
  readonly id: number;
  readonly name: string;
  /** the last characters, by which its owner knows it again */
  readonly hint: string;
  readonly scope: Scope;
  readonly created_at: Date;
  readonly used_at: Date | null;
  readonly revoked_at: Date | null;
}

/** Bearer tokens of programs. Making and revoking them is audited. */
export interface Tokens {
  /** newest first */
  list(): Promise<TokenRow[]>;
  /** @returns the token, for the only time */
  create(name: string, scope: Scope, operator: number): Promise<string>;
  revoke(id: number, operator: number): Promise<void>;
  /** What the token allows; undefined when it is unknown or was revoked. */
  check(token: string): Promise<Scope | undefined>;
}
export const Tokens = service<Tokens>('api.tokens');
