import type { Sql } from '../../core/database/sql.ts';
import type { ExportedRow, PersonalData } from '../../core/personal-data.ts';
import { bring } from './bring.ts';

const ofUnit = (sql: Sql, table: string, columns: string, at: string, unit: number): Promise<ExportedRow[]> =>
  sql.rows(
    `select f.title, f.year, f.imdb_id, ${columns}, t.${at} as at from ${table} t join film f on f.id = t.film where t.unit = $1 order by t.${at}, f.id`,
    [unit],
  );

/** Ratings, films seen and films not wanted. */
export const personalData: PersonalData = {
  brings: ['ratings', 'watched'],
  bring,
  export: async (sql, { unit }) => ({
    ratings: await ofUnit(sql, 'rating', 't.stars', 'rated_at', unit),
    watched: await ofUnit(sql, 'watch', 'true as watched', 'watched_at', unit),
    'not-interested': await ofUnit(sql, 'dismissal', 'true as dismissed', 'at', unit),
  }),
  async erase(tx, { unit }) {
    for (const table of ['rating', 'watch', 'dismissal']) await tx.rows(`delete from ${table} where unit = $1`, [unit]);
  },
};
