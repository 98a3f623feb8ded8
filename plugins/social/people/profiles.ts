import type { Request } from 'express';
import type { Sql } from '../../../core/database/sql.ts';
import { notFound } from '../../../core/errors.ts';
import type { Pages } from '../../../core/http/page.ts';
import type { AccountsService, Profile } from '../../accounts/api.ts';
import type { PrivacyService, ProfileData, ProfilesService } from '../api.ts';
import type { Follows } from '../follow/store.ts';
import { counts } from './store.ts';

interface Parts {
  readonly sql: Sql;
  readonly pages: Pages;
  readonly accounts: AccountsService;
  readonly privacy: PrivacyService;
  readonly follows: Follows;
}

/** The account of the handle in the address, whoever asks: 404 for none. */
export async function namedPerson(accounts: AccountsService, request: Request): Promise<Profile> {
  const handle = String(request.params['handle']);
  const person = /^[a-z0-9_]{2,30}$/.test(handle) ? await accounts.byHandle(handle) : undefined;
  if (!person) throw notFound('person');
  return person;
}

const noData: ProfileData = {};

export function profilesOver(parts: Parts): ProfilesService {
  const { pages, accounts, privacy } = parts;
  const person = async (request: Request): Promise<Profile> => {
    const found = await namedPerson(accounts, request);
    if (!(await privacy.canSee(request.account?.id, found.id, 'profile'))) throw notFound('person');
    return found;
  };
  return {
    person,
    async send(request, response, template, load) {
      const found = await person(request);
      const open = await privacy.canSee(request.account?.id, found.id, 'activity');
      const [head, { slots, ...data }] = await Promise.all([headOf(parts, request, found, open), open ? load(found) : noData]);
      const subjects = [found.id];
      await pages.send(
        request,
        response,
        open ? template : 'social/closed',
        { ...head, ...data },
        {
          slots: open ? { ...slots, 'profile.tabs': subjects, 'profile.sections': subjects, 'profile.actions': subjects } : { 'profile.tabs': [] },
        },
      );
    },
  };
}

/** What social/head shows. */
async function headOf({ sql, privacy, follows }: Parts, { account: me, path }: Request, person: Profile, open: boolean): Promise<object> {
  const other = me !== undefined && me.id !== person.id;
  const [numbers, standing, level] = await Promise.all([
    open ? counts(sql, me?.id ?? null, person.id) : undefined,
    other ? follows.standing(me.id, person.id) : undefined,
    privacy.level(person.id),
  ]);
  const here = path.split('/').slice(3).join('/') || 'activity';
  return { person, numbers, ...standing, level, open, other, self: me?.id === person.id, [`at_${here}`]: true };
}
