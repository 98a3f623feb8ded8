import { Router, type Request } from 'express';
import type { AccountsService, Profile } from '../../accounts/api.ts';
import type { Parts } from '../parts.ts';
import { pageOf, paged, textOf } from '../query.ts';
import { neighbours, search, type Direction } from './store.ts';

const onPage = 30;

/** Profiles in the order of the ids. */
export async function peopleOf(accounts: AccountsService, ids: readonly number[]): Promise<Profile[]> {
  const profiles = await accounts.publicProfiles(ids);
  return ids.flatMap((id) => profiles.get(id) ?? []);
}

/** /people, and who follows whom. */
export function peoplePages(parts: Parts): Router {
  const { pages, profiles } = parts;
  const router = Router();
  router.get('/people', async (request, response) => pages.send(request, response, 'social/people', await found(parts, request)));
  for (const direction of ['followers', 'following'] as const) {
    router.get(`/people/:handle/${direction}`, (request, response) =>
      profiles.send(request, response, 'social/neighbours', (person) => around(parts, request, person, direction)),
    );
  }
  return router;
}

async function found({ sql, accounts }: Parts, request: Request): Promise<object> {
  const q = textOf(request, 'q'),
    page = pageOf(request);
  const ids = await search(sql, request.account?.id ?? null, q, onPage + 1, (page - 1) * onPage);
  const { shown, ...ways } = paged(ids, onPage, page, (n) => `/people?${new URLSearchParams({ ...(q && { q }), page: String(n) }).toString()}`);
  return { q, people: await peopleOf(accounts, shown), ...ways };
}

async function around({ sql, accounts }: Parts, request: Request, person: Profile, direction: Direction): Promise<object> {
  const page = pageOf(request);
  const ids = await neighbours(sql, request.account?.id ?? null, person.id, direction, onPage + 1, (page - 1) * onPage);
  const { shown, ...ways } = paged(ids, onPage, page, (n) => `/people/${person.handle}/${direction}?page=${n}`);
  return { direction, people: await peopleOf(accounts, shown), ...ways };
}
