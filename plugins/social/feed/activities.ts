import type { ActivitiesService } from '../api.ts';

export const activities: ActivitiesService = {
  async record(tx, { account, kind, subject, film, title, href, at }) {
    await tx.rows(
      `insert into activity (account, kind, subject, film, title, href, at) values ($1, $2, $3, $4, left($5, 200), $6, $7)
        on conflict (kind, subject) do update set title = excluded.title`,
      [account, kind, subject, film, title ?? null, href, at],
    );
  },
  async forget(tx, kind, subject) {
    await tx.rows('delete from activity where kind = $1 and subject = $2', [kind, subject]);
  },
};
