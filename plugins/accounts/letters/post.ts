import type { Letter, Mailer } from '../../../core/mail.ts';
import type { Logger } from '../../../core/log.ts';
import type { Sql } from '../../../core/database/sql.ts';
import { attempt, nextTry } from './attempt.ts';

export interface Post extends Letter {
  readonly account: number;
}

/**
 * Sends a letter. What the mail server does not take waits among the letters not sent, and is tried again unless it was
 * refused; a site without a server leaves all to the operators, in the log, too.
 */
export const postOver =
  (sql: Sql, mailer: Mailer, log: Logger) =>
  async ({ account, ...letter }: Post, at: Date): Promise<void> => {
    const failure = mailer.configured ? await attempt(mailer, letter) : { problem: '', final: true };
    if (!failure) return;
    const { to, subject, text } = letter,
      tries = mailer.configured ? 1 : 0;
    await sql.rows(
      'insert into unsent_letter (account, recipient, subject, body, at, problem, tries, next_try) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [account, to, subject, text, at, failure.problem, tries, nextTry(failure, tries, at)],
    );
    if (mailer.configured) log.error(`the mail server did not take a letter: ${failure.problem}`);
    else log.warn(`no mail server is configured (SMTP_URL), so please hand this on to ${to}:\n${subject}\n\n${text}`);
  };
