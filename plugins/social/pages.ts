import { Router, type Request } from 'express';
import { invalid, notFound } from '../../core/errors.ts';
import type { Sql } from '../../core/database/sql.ts';
import { cleanText } from '../../core/http/form.ts';
import type { Pages } from '../../core/http/page.ts';
import { signedIn } from '../../core/http/request.ts';
import type { AccountsService, Profile } from '../accounts/api.ts';
import type { FilmsService } from '../catalogue/api.ts';
import type { HistoryService } from '../history/api.ts';
import { counts, favouriteGenres, follow, follows, histogram, neighbours, search, statistics, unfollow } from './store.ts';

export interface Parts {
  readonly sql: Sql;
  readonly pages: Pages;
  readonly accounts: AccountsService;
  readonly films: FilmsService;
  readonly history: HistoryService;
}
const listed = 100,
  shownPeople = 30,
  onPage = 20;

export function socialPages(parts: Parts): Router {
  const { sql, pages, accounts } = parts;
  const router = Router();
  router.get('/people', async (request, response) => {
    const query = textOf(request, 'q');
    const people = await peopleOf(accounts, await search(sql, query.replace(/[%\\]/g, ''), shownPeople));
    await pages.send(request, response, 'social/people', { q: query, people, heading: 'People', searchable: true });
  });
  router.get('/people/:handle', async (request, response) => pages.send(request, response, 'social/profile', await profileOf(parts, request)));
  for (const direction of ['followers', 'following'] as const) {
    router.get(`/people/:handle/${direction}`, async (request, response) => {
      const person = await personOf(accounts, request);
      const people = await peopleOf(accounts, await neighbours(sql, person.id, direction, listed));
      const heading = direction === 'followers' ? `Who follows ${person.name}` : `Whom ${person.name} follows`;
      await pages.send(request, response, 'social/people', { people, heading });
    });
  }
  router.post('/people/:handle/follow', async (request, response) => {
    const me = signedIn(request),
      person = await personOf(accounts, request);
    if (person.id === me.id) throw invalid({ handle: 'You cannot follow yourself.' });
    await follow(sql, me.id, person.id, request.clock);
    response.redirect(303, `/people/${person.handle}`);
  });
  router.post('/people/:handle/unfollow', async (request, response) => {
    const person = await personOf(accounts, request);
    await unfollow(sql, signedIn(request).id, person.id);
    response.redirect(303, `/people/${person.handle}`);
  });
  router.get('/feed', async (request, response) => pages.send(request, response, 'social/feed', await feedOf(parts, request)));
  return router;
}

async function personOf(accounts: AccountsService, request: Request): Promise<Profile> {
  const handle = String(request.params['handle']);
  const person = /^[a-z0-9_]{2,30}$/.test(handle) ? await accounts.byHandle(handle) : undefined;
  if (!person) throw notFound('person');
  return person;
}

/** Profiles in the order of the ids. */
async function peopleOf(accounts: AccountsService, ids: readonly number[]): Promise<Profile[]> {
  const profiles = await accounts.publicProfiles(ids);
  return ids.flatMap((id) => profiles.get(id) ?? []);
}

async function profileOf({ sql, accounts, films, history }: Parts, request: Request): Promise<object> {
  const person = await personOf(accounts, request),
    me = request.account;
  const [numbers, stats, bars, genres, ratings, following] = await Promise.all([
    counts(sql, person.id),
    statistics(sql, person.unit),
    histogram(sql, person.unit),
    favouriteGenres(sql, person.unit, 5),
    history.ratings([person.unit], { limit: onPage }),
    me ? follows(sql, me.id, person.id) : false,
  ]);
  const cards = await films.cards(ratings.map(({ film }) => film));
  const most = Math.max(1, ...bars.map(({ n }) => n));
  return {
    person,
    numbers,
    stats: { ...stats, hours: Math.round(stats.minutes / 60) },
    genres,
    following,
    self: me?.id === person.id,
    bars: bars.map((bar) => ({ ...bar, height: Math.round((100 * bar.n) / most) })),
    entries: ratings.flatMap((rating) => {
      const card = cards.get(rating.film);
      return card ? [{ ...rating, card }] : [];
    }),
  };
}

async function feedOf({ sql, accounts, films, history }: Parts, request: Request): Promise<object> {
  const me = signedIn(request),
    typed = textOf(request, 'page');
  const page = /^[1-9]\d{0,3}$/.test(typed) ? Number(typed) : 1;
  const people = await peopleOf(accounts, await neighbours(sql, me.id, 'following', 5000));
  const byUnit = new Map(people.map((person) => [person.unit, person]));
  // One more than shown tells whether there is a next page.
  const found = people.length > 0 ? await history.ratings([...byUnit.keys()], { limit: onPage + 1, offset: (page - 1) * onPage }) : [];
  const ratings = found.slice(0, onPage),
    cards = await films.cards(ratings.map(({ film }) => film));
  return {
    followed: people.length,
    page,
    previous: page > 1 ? `/feed?page=${page - 1}` : undefined,
    next: found.length > onPage ? `/feed?page=${page + 1}` : undefined,
    entries: ratings.flatMap((rating) => {
      const card = cards.get(rating.film);
      return card ? [{ ...rating, card, person: byUnit.get(rating.unit) }] : [];
    }),
  };
}

function textOf(request: Request, name: string): string {
  const value = request.query[name];
  return typeof value === 'string' ? cleanText(value).slice(0, 100) : '';
}
