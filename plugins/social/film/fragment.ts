import type { Fragment } from '../../../core/http/fragment.ts';
import { condition } from '../privacy/policy.ts';
import type { Parts } from '../parts.ts';

const most = 12;
interface Row {
  readonly account: number;
  readonly film: number;
  readonly stars: number;
}

/** On a film's page: what the people one follows gave it, the latest first. */
export const friendsRatings = ({ sql, accounts }: Parts): Fragment => ({
  slot: 'film.sections',
  order: 20,
  template: 'social/friends',
  async load({ account }, films) {
    if (!account) return new Map();
    const rows = await sql.rows<Row>(
      `select f.followed as account, r.film, r.stars from follow f join unit u on u.account = f.followed join rating r on r.unit = u.id
        where f.follower = $1 and r.film = any($2) and ${condition('stream', '$1', 'f.followed')} order by r.rated_at desc limit $3`,
      [account.id, films, most],
    );
    const people = await accounts.publicProfiles(rows.map((row) => row.account));
    const friends = (film: number): object[] =>
      rows
        .filter((row) => row.film === film)
        .flatMap((row) => {
          const person = people.get(row.account);
          return person ? [{ person, stars: row.stars }] : [];
        });
    return new Map(films.flatMap((film) => (friends(film).length > 0 ? [[film, { friends: friends(film) }]] : [])));
  },
});
