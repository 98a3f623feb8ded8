import { notFound } from '../../../core/errors.ts';
import type { Account, IdentityProvider } from '../../../core/http/request.ts';
import type { AccountsService, Created, FoundAccount, NewAccount, Profile } from '../../../plugins/accounts/api.ts';

/** Units of visitors are 1, 2 …, those of accounts 1001, 1002 … */
const unitOfAccount = (id: number): number => 1000 + id;

/** Accounts and visitors, in memory. */
export class FakePeople implements IdentityProvider, AccountsService {
  readonly #accounts: (Account & Profile)[] = [];
  readonly #visitors: string[] = [];

  async create({ name, handle, role = 'viewer', simulated = false, joined = new Date(0) }: NewAccount): Promise<Created> {
    const id = this.#accounts.length + 1,
      unit = unitOfAccount(id);
    this.#accounts.push({ id, name, handle, role, simulated, bio: '', unit, joined });
    return { account: id, unit };
  }
  async account(id: number): Promise<Account | undefined> {
    return this.#accounts[id - 1];
  }
  async byHandle(handle: string): Promise<Profile | undefined> {
    return this.#accounts.find((account) => account.handle === handle.toLowerCase());
  }
  async publicProfiles(ids: readonly number[]): Promise<ReadonlyMap<number, Profile>> {
    return new Map(this.#accounts.filter(({ id }) => ids.includes(id)).map((account) => [account.id, account]));
  }
  async search(text: string): Promise<FoundAccount[]> {
    const begins = (word: string): boolean => word.toLowerCase().startsWith(text.toLowerCase());
    return this.#accounts
      .filter(({ handle, name }) => begins(handle) || begins(name) || name.split(' ').some(begins))
      .slice(0, 8)
      .map(({ unit, handle, name, simulated }) => ({ unit, handle, name, simulated }));
  }
  async refuseUnknown(unit: number): Promise<void> {
    const known = this.#accounts.some((account) => account.unit === unit) || (unit > 0 && unit <= this.#visitors.length);
    if (!known) throw notFound('viewer');
  }
  async setRole(id: number, role: Account['role']): Promise<void> {
    const account = this.#accounts[id - 1];
    if (!account) throw notFound('account');
    this.#accounts[id - 1] = { ...account, role };
  }
  async unit(who: { account: number } | { visitor: string }): Promise<number> {
    if ('account' in who) return unitOfAccount(who.account);
    if (!this.#visitors.includes(who.visitor)) this.#visitors.push(who.visitor);
    return 1 + this.#visitors.indexOf(who.visitor);
  }
}
