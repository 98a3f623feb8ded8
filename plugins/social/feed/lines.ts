import type { AccountsService } from '../../accounts/api.ts';
import type { FilmsService } from '../../catalogue/api.ts';
import { grouped, type Group } from './groups.ts';
import { cursorText, type Happening } from './store.ts';

/** Raw happenings that are read for a page, and groups that stand on it. */
export const read = 80;
const onPage = 20;
/** Posters of a group; the rest is a number. */
const pictures = 6;

/** Slots of what people did: reviews bring the beginning of their text, by id. */
export type LineSlots = Readonly<Record<'feed.reviews', readonly number[]>>;

/** What templates show of happenings, and where older ones are. */
export async function linesOf(
  { accounts, films }: { accounts: AccountsService; films: FilmsService },
  happenings: readonly Happening[],
): Promise<{ lines: object[]; older: string | undefined; slots: LineSlots }> {
  const { groups, last } = grouped(happenings, onPage);
  const [people, cards] = await Promise.all([
    accounts.publicProfiles([...new Set(groups.map(({ account }) => account))]),
    films.cards(groups.flatMap((group) => group.happenings.flatMap(({ film }) => film ?? []))),
  ]);
  const line = ({ account, kind, happenings: all }: Group): object[] => {
    const person = people.get(account);
    const entries = all.map((one) => ({ ...one, card: one.film === null ? undefined : cards.get(one.film) }));
    const first = entries[0]!;
    return person ? [{ ...first, person, [kind]: true, many: entries.length > 1, count: entries.length, entries: entries.slice(0, pictures) }] : [];
  };
  const more = happenings.length === read || last !== happenings.at(-1);
  return {
    lines: groups.flatMap(line),
    older: more && last ? cursorText(last) : undefined,
    slots: { 'feed.reviews': groups.flatMap(({ kind, happenings: [first] }) => (kind === 'review' ? first!.subject : [])) },
  };
}
