import type { Sql } from '../../core/database/sql.ts';
import type { Position } from '../../recommend/algorithm.ts';
import type { Catalogue } from '../../recommend/ports.ts';
import type { Adjuster, Adjustment, ReadingAdjuster } from '../../recommend/stages.ts';
import type { Parts } from './parts.ts';

/** In standard deviations of a film's score. */
export interface Weights {
  /** for a film that somebody recommended to the viewer */
  readonly recommended: number;
  /** for each person whom the viewer follows and who loved the film, up to three */
  readonly loved: number;
}
interface Row {
  readonly film: number;
  readonly name: string;
  /** people who loved it; 0 = it was recommended */
  readonly n: number;
}
/** Whose ratings are looked at, and how many of each, the latest first: so the work of a request is bounded. */
const people = 200,
  ratings = 50,
  mostLovers = 3;

const statement = ({
  privacy,
  moderation,
}: Pick<Parts, 'privacy' | 'moderation'>): string => `with me as (select account from unit where id = $1 and account is not null),
  friend as materialized (select u.id as unit, a.name from me join follow f on f.follower = me.account join unit u on u.account = f.followed
    join account a on a.id = f.followed where ${privacy.condition('stream', 'me.account', 'f.followed')} order by f.at desc limit ${people})
  (select distinct on (s.film) s.film, a.name, 0 as n from me join share s on s.recipient = me.account and s.removed_at is null join account a on a.id = s.sender
    where ${privacy.condition('profile', 'me.account', 's.sender')} and ${moderation.shown(`'share'`, 's.id')}
      and not exists (select from mute where muter = me.account and muted = s.sender) order by s.film, s.at desc)
  union all
  (select r.film, (array_agg(friend.name order by r.stars desc, r.rated_at desc))[1], count(*)::integer from friend
    cross join lateral (select film, stars, rated_at from rating where unit = friend.unit and stars >= 4 order by rated_at desc limit ${ratings}) r group by r.film)`;

/** What the viewer's friends recommended or loved, worth a little more in every list, with their names as the reason. */
export function friendsAdjuster(sql: Sql, parts: Pick<Parts, 'privacy' | 'moderation'>, weights: Weights): ReadingAdjuster {
  const text = statement(parts);
  return {
    async load(unit) {
      const rows = await sql.rows<Row>(text, [unit]);
      return { adjust: (_viewer, catalogue) => adjustmentOf(rows, catalogue, weights) } satisfies Adjuster;
    },
  };
}

/** That somebody recommended a film to the viewer says more than what films have in common; that somebody loved it says less. */
export function adjustmentOf(rows: readonly Row[], catalogue: Catalogue, { recommended, loved }: Weights): Adjustment | undefined {
  if (rows.length === 0) return undefined;
  const boost = new Map<Position, number>(),
    reasons = new Map<Position, string>(),
    asides = new Map<Position, string>();
  for (const { film, name, n } of rows) {
    const position = catalogue.position(film);
    if (position === undefined) continue;
    boost.set(position, (boost.get(position) ?? 0) + (n === 0 ? recommended : loved * Math.min(n, mostLovers)));
    (n === 0 ? reasons : asides).set(position, wordsOf(name, n));
  }
  return { key: `friends ${rows.map(({ film, n, name }) => `${film} ${n} ${name}`).join()}`, boost, reasons, asides, pins: [] };
}

function wordsOf(name: string, n: number): string {
  if (n === 0) return `${name} recommends it to you`;
  if (n === 1) return `${name} loved it`;
  return n === 2 ? `${name} and one more person you follow loved it` : `${name} and ${n - 1} more people you follow loved it`;
}
