import type { Sql } from '../../../core/database/sql.ts';
import { condition } from '../privacy/policy.ts';

/** One thing that somebody did. */
export interface Happening {
  readonly account: number;
  readonly kind: 'rating' | 'review' | 'list';
  /** the film of a rating, else the id of the review or list */
  readonly subject: number;
  readonly film: number | null;
  readonly stars: number | null;
  readonly title: string | null;
  readonly href: string;
  readonly at: Date;
  /** `at` in microseconds since 1970, as the database keeps it */
  readonly moment: string;
}
/** A place in a feed: what comes after it is older. */
export type Cursor = Pick<Happening, 'moment' | 'account' | 'kind' | 'subject'>;

export const cursorText = ({ moment, account, kind, subject }: Cursor): string => [moment, account, kind, subject].join('-');
/** Whatever is no cursor is the beginning. */
export function readCursor(text: string): Cursor | undefined {
  const [, moment, account, kind, subject] = /^(\d{1,16})-(\d{1,9})-(rating|review|list)-(\d{1,9})$/.exec(text) ?? [];
  return moment ? { moment, account: Number(account), kind: kind as Happening['kind'], subject: Number(subject) } : undefined;
}

const since1970 = (at: string): string => `(extract(epoch from ${at}) * 1000000)::bigint`;
const epoch = `(timestamptz 'epoch' + $3::bigint * interval '1 microsecond')`;
/** Older than the cursor ($3 … $6), whose first part the index knows. */
const after = (at: string, kind: string, subject: string): string =>
  `($3::bigint is null or (${at} <= ${epoch} and (${at}, p.account, ${kind}, ${subject}) < (${epoch}, $4::integer, $5::text collate "C", $6::integer)))`;
const ratings = (
  limit: string,
): string => `select p.account, 'rating' collate "C" as kind, r.film as subject, r.film, r.stars, null as title, '/film/' || r.film as href,
    r.rated_at as at from rating r join film f on f.id = r.film and not f.hidden
    where r.unit = p.unit and ${after('r.rated_at', `'rating'`, 'r.film')} order by r.rated_at desc, r.film desc limit ${limit}`;
const others = (limit: string, shown: string): string => `select p.account, a.kind collate "C", a.subject, a.film, null::real, a.title, a.href,
    a.at from activity a where a.account = p.account and ${shown} and ${after('a.at', 'a.kind', 'a.subject')}
    order by a.at desc, a.kind desc, a.subject desc limit ${limit}`;

/**
 * What the people did, newest first: read when it is asked for. At most `limit` people can stand among the `limit` newest
 * things, those whose own newest is newest; so everybody is asked for one thing, and only these for more.
 */
const read = (people: string, shown: string): string => `with people as (${people}),
  lately as (select p.account, p.unit from people p cross join lateral (select max(at) as at from (
      (${ratings('1')}) union all (${others('1', shown)})) newest) n
    where n.at is not null order by n.at desc, p.account desc limit $2)
  select e.*, ${since1970('e.at')}::text as moment from lately p cross join lateral ((${ratings('$2')}) union all (${others('$2', shown)})) e
  order by e.at desc, e.account desc, e.kind desc, e.subject desc limit $2`;

const followed = `select f.followed as account, u.id as unit from follow f join unit u on u.account = f.followed
  where f.follower = $1 and ${condition('stream', '$1', 'f.followed')}`;
const oneself = 'select u.account, u.id as unit from unit u where u.account = $1';

/** @param shown condition over the activity `a`: not hidden by moderators */
export const feedOf = (sql: Sql, account: number, limit: number, before: Cursor | undefined, shown: string): Promise<Happening[]> =>
  sql.rows<Happening>(read(followed, shown), bind(account, limit, before));

/** What one person did; whether the reader may see it has been asked before. */
export const doingsOf = (sql: Sql, account: number, limit: number, before: Cursor | undefined, shown: string): Promise<Happening[]> =>
  sql.rows<Happening>(read(oneself, shown), bind(account, limit, before));

const bind = (account: number, limit: number, before: Cursor | undefined): unknown[] => [
  account,
  limit,
  before?.moment ?? null,
  before?.account ?? null,
  before?.kind ?? null,
  before?.subject ?? null,
];
