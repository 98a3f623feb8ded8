import type { Sql } from '../../../core/database/sql.ts';
import { conflict, notFound } from '../../../core/errors.ts';

interface Mix {
  readonly weights: Readonly<Record<string, number>>;
  readonly changes: readonly { readonly metric: string; readonly before: number; readonly after: number }[];
}
/** Weights that a job learned for a version of a blend. */
export interface Suggestion {
  readonly version: number;
  readonly regulars: Mix;
  readonly newcomers: Mix & { readonly upTo: number };
}

/** The newest weights that were worked out. @param run the one that was looked at; 404 without any, 409 where there is a newer one */
export async function latestSuggestion(sql: Sql, run: number): Promise<{ readonly suggestion: Suggestion; readonly at: Date }> {
  const newest = await sql.one<{ id: number; result: Suggestion; at: Date }>(
    `select id, result, finished_at as at from job_run where name = 'blend.suggest' and status = 'done' order by id desc limit 1`,
  );
  if (!newest) throw notFound('suggestion');
  if (newest.id !== run) throw conflict('A newer suggestion was worked out meanwhile. Look at that one first.');
  return { suggestion: newest.result, at: newest.at };
}
