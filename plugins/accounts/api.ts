import { z } from 'zod';
import { event, service } from '../../core/plugin.ts';
import type { Role } from '../../core/http/request.ts';

/** for whoever takes a file from an account */
export { readUpload, type Upload } from './upload.ts';

/** What everybody may know about an account. */
export interface Profile {
  readonly id: number;
  readonly handle: string;
  readonly name: string;
  readonly bio: string;
  /** the unit that holds this account's history; 0 for somebody who left */
  readonly unit: number;
  readonly joined: Date;
}

export interface NewAccount {
  readonly name: string;
  readonly handle: string;
  readonly email: string;
  /** as typed; only its hash is kept */
  readonly password: string;
  /** default viewer */
  readonly role?: Role;
  /** made by the simulator; default false */
  readonly simulated?: boolean;
  /** default now */
  readonly joined?: Date;
}
export interface Created {
  readonly account: number;
  readonly unit: number;
}

/** An account as operators find it. */
export interface FoundAccount {
  readonly unit: number;
  readonly handle: string;
  readonly name: string;
  readonly simulated: boolean;
}

export interface AccountsService {
  /** Stores an account with its unit. 422 with the field when the handle or the e-mail address is taken. */
  create(input: NewAccount): Promise<Created>;
  byHandle(handle: string): Promise<Profile | undefined>;
  /** Those that exist, by account id. */
  publicProfiles(ids: readonly number[]): Promise<ReadonlyMap<number, Profile>>;
  /** At most eight whose handle or a word of whose name begins like the text, real ones before simulated ones. */
  search(text: string): Promise<FoundAccount[]>;
  /** 404 where nobody, neither account nor visitor, has this unit: the pipeline would take it for a newcomer. */
  refuseUnknown(unit: number): Promise<void>;
  /** Audited in its transaction. 404 for an unknown account, 409 for the last admin. */
  setRole(id: number, role: Role, operator: number | null): Promise<void>;
}
export const Accounts = service<AccountsService>('accounts');

const id = z.int().positive();

/** Somebody signed up, or an account was made for them. */
export const AccountCreated = event('accounts.created', z.object({ account: id, unit: id }));

/**
 * A visitor turned out to be the owner of an account that already has a unit: re-point your rows of unit `from` to
 * unit `into`. It is published again for a while, so that what a late request wrote comes along: handle it any number of times.
 */
export const UnitsMerged = event('accounts.units-merged', z.object({ from: id, into: id }));
