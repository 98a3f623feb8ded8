import type { Fragment } from '../../core/http/fragment.ts';
import type { AccountsService, Profile } from '../accounts/api.ts';
import type { Parts } from './routes.ts';
import { lovedOf } from './store.ts';

/** Posters of what somebody likes best; fewer than `least` say nothing about anybody. */
const most = 5,
  least = 3;

/** On profiles: the tab, and the films rated highest. */
export const fragmentsOver = (parts: Parts & { readonly accounts: AccountsService }): Fragment[] => [
  {
    slot: 'profile.tabs',
    order: 10,
    template: 'statistics/tab',
    async load({ path }, people) {
      const profiles = await parts.accounts.publicProfiles(people);
      return new Map(people.map((id) => [id, { handle: profiles.get(id)?.handle, current: path.includes('/statistics') }]));
    },
  },
  {
    // Social asks for this only where the reader may see what the person does.
    slot: 'profile.sections',
    order: 10,
    template: 'statistics/loved',
    async load(_request, people) {
      const profiles = [...(await parts.accounts.publicProfiles(people))];
      const loved = await Promise.all(profiles.map(async ([id, { unit }]) => [id, { loved: await lovedFilms(parts, unit) }] as const));
      return new Map(loved.filter(([, { loved: films }]) => films.length >= least));
    },
  },
];

async function lovedFilms({ sql, films }: Parts, unit: Profile['unit']): Promise<object[]> {
  const ids = await lovedOf(sql, unit, most),
    cards = await films.cards(ids);
  return ids.flatMap((id) => cards.get(id) ?? []);
}
