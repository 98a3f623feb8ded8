import type { Happening } from './store.ts';

/** What somebody did on one day, told as one: "rated 5 films". */
export interface Group {
  readonly account: number;
  readonly kind: Happening['kind'];
  readonly happenings: Happening[];
}

/** One sentence each, however many films: ratings of one person on one day (UTC). Everything else stands alone. */
const keyOf = ({ account, kind, subject, at }: Happening): string =>
  kind === 'rating' ? `${account} ${at.toISOString().slice(0, 10)}` : `${account} ${kind} ${subject}`;

/**
 * Groups what happened, newest first, until `most` groups are full. What is left over comes with the next page, so
 * nothing is lost and nothing comes twice.
 */
export function grouped(happenings: readonly Happening[], most: number): { groups: Group[]; last: Happening | undefined } {
  const groups = new Map<string, Group>();
  let last: Happening | undefined;
  for (const happening of happenings) {
    const key = keyOf(happening),
      known = groups.get(key);
    if (!known && groups.size === most) break;
    if (known) known.happenings.push(happening);
    else groups.set(key, { account: happening.account, kind: happening.kind, happenings: [happening] });
    last = happening;
  }
  return { groups: [...groups.values()], last };
}
