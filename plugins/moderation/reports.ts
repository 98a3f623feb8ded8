import { z } from 'zod';
import type { Sql } from '../../core/database/sql.ts';
import { invalid } from '../../core/errors.ts';
import { cleanText, read } from '../../core/http/form.ts';
import type { Reported } from './api.ts';

export const reasons = ['spam', 'insult', 'spoiler', 'illegal', 'other'] as const;
/** how a form calls them */
export const reasonKeys = {
  spam: 'moderation.reason.spam',
  insult: 'moderation.reason.insult',
  spoiler: 'moderation.reason.spoiler',
  illegal: 'moderation.reason.illegal',
  other: 'moderation.reason.other',
} as const;

const Report = z.object({
  reason: z.enum(reasons, 'Choose what is wrong.'),
  note: z.string().default('').transform(cleanText).pipe(z.string().max(500, 'Use at most 500 characters.')),
});
export const readReport = (body: unknown): z.output<typeof Report> => read(Report, body);

/** One open report of a person on a thing: the same again changes nothing. 422 for what is one's own. */
export async function report(tx: Sql, reporter: number, about: Reported, { reason, note }: z.output<typeof Report>, at: Date): Promise<void> {
  if (about.author === reporter) throw invalid({ reason: 'This is your own.' });
  await tx.rows(
    `insert into report (kind, subject, author, reporter, reason, note, excerpt, href, at) values ($1, $2, $3, $4, $5, $6, left($7, 1000), $8, $9)
      on conflict do nothing`,
    [about.kind, about.subject, about.author, reporter, reason, note, about.excerpt, about.href, at],
  );
}
