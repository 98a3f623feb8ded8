import type { Sql } from '../../../core/database/sql.ts';

/** The unit is in the country now. Nothing for a unit that is gone. */
export const moved = (sql: Sql, unit: number, country: string): Promise<unknown> =>
  sql.rows(
    `insert into experiment_country (unit, country) select id, $2 from unit where id = $1
    on conflict (unit) do update set country = excluded.country, at = excluded.at`,
    [unit, country],
  );

/** A visitor signs in: the account was seen where the visitor was, if that was later. */
export const mergeCountry = (sql: Sql, { from, into }: { from: number; into: number }): Promise<void> =>
  sql.transaction(async (tx) => {
    await tx.rows(
      `insert into experiment_country as known (unit, country, at) select $2, country, at from experiment_country where unit = $1
      on conflict (unit) do update set country = excluded.country, at = excluded.at where excluded.at > known.at`,
      [from, into],
    );
    await tx.rows('delete from experiment_country where unit = $1', [from]);
  });

/** Countries of units, the most frequent first. */
export const countriesSeen = async (sql: Sql): Promise<string[]> =>
  (await sql.rows<{ country: string }>('select country from experiment_country group by country order by count(*) desc, country limit 50')).map(
    ({ country }) => country,
  );
