import type { Request } from 'express';
import type { Sql } from '../../core/database/sql.ts';
import { notFound } from '../../core/errors.ts';
import type { Pages } from '../../core/http/page.ts';
import type { Context } from '../../core/plugin.ts';
import type { AccountsService, Profile } from '../accounts/api.ts';
import type { FilmsService, FilmSummary } from '../catalogue/api.ts';
import { Moderation } from '../moderation/api.ts';
import { Privacy } from '../social/api.ts';
import { listById, type FilmList, type Sight } from './store.ts';

export interface Parts {
  readonly sql: Sql;
  readonly pages: Pages;
  readonly films: FilmsService;
  readonly accounts: AccountsService;
  /** services of plugins that may be off */
  readonly find: Context<unknown, Record<never, never>>['find'];
}

export const readerOf = ({ account }: Request): number | null => account?.id ?? null;

/** Without a policy of who sees whom, a reader sees the own lists alone. */
export function sightOf({ find }: Pick<Parts, 'find'>): Sight {
  const privacy = find(Privacy);
  return {
    stream: privacy?.condition('stream', '$1', 'l.account') ?? 'l.account = $1',
    shown: find(Moderation)?.shown(`'list'`, 'l.id') ?? 'true',
    likers: privacy?.condition('profile', '$1', 'k.account') ?? 'true',
  };
}

/** The list, as far as the reader may see it; else it is not there. */
export async function visibleList(parts: Parts, request: Request, id: number): Promise<FilmList> {
  const reader = readerOf(request),
    list = await listById(parts.sql, reader, sightOf(parts), id);
  if (list.account === reader) return list;
  if (!list.public || !(await parts.find(Privacy)?.canSee(reader, list.account, 'activity'))) throw notFound('list');
  return list;
}

/** Lists with their owners and the posters of their first films. */
export async function shown({ films, accounts }: Parts, lists: readonly FilmList[]) {
  const [cards, owners] = await Promise.all([
    films.cards(lists.flatMap(({ first }) => first)),
    accounts.publicProfiles([...new Set(lists.map(({ account }) => account))]),
  ]);
  return lists.map((list): FilmList & { owner: Profile | undefined; faces: readonly FilmSummary[] } => ({
    ...list,
    owner: owners.get(list.account),
    faces: list.first.flatMap((film) => cards.get(film) ?? []),
  }));
}
