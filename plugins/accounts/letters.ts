import type { Mailer } from '../../core/mail.ts';
import type { Logger } from '../../core/log.ts';
import type { Sql } from '../../core/database/sql.ts';

export interface Post {
  readonly account: number;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends a letter, or leaves it to the operators, in the log and in the console, where the site has no mail server. */
export const postOver =
  (sql: Sql, mailer: Mailer, log: Logger) =>
  async ({ account, to, subject, text }: Post): Promise<void> => {
    if (mailer.configured) return mailer.send({ to, subject, text });
    await sql.rows('insert into unsent_letter (account, recipient, subject, body) values ($1, $2, $3, $4)', [account, to, subject, text]);
    log.warn(`no mail server is configured (SMTP_URL), so please hand this on to ${to}:\n${subject}\n\n${text}`);
  };
