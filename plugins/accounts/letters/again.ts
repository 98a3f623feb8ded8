import { audit } from '../../../core/audit.ts';
import type { Sql } from '../../../core/database/sql.ts';
import { conflict, notFound } from '../../../core/errors.ts';
import { defineJob, type JobDefinition } from '../../../core/jobs.ts';
import type { Mailer } from '../../../core/mail.ts';
import { attempt, nextTry, type Failure } from './attempt.ts';

interface Waiting {
  readonly id: number;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly tries: number;
}
const atOnce = 20;

/**
 * Takes letters for one attempt. Another process that looks meanwhile finds them later than now; a process that dies leaves
 * them to the next round, so a letter may come twice, but is never lost.
 */
const claim = (which: string): string => `update unsent_letter l set tries = tries + 1, next_try = $1::timestamptz + interval '5 minutes'
  where id in (select id from unsent_letter where ${which} order by next_try, id limit ${atOnce} for update skip locked)
  returning id, recipient as "to", subject, body as text, tries`;

async function send(sql: Sql, mailer: Mailer, { id, tries, ...letter }: Waiting, at: Date): Promise<Failure | undefined> {
  const failure = await attempt(mailer, letter);
  if (failure)
    await sql.rows('update unsent_letter set problem = $2, next_try = $3 where id = $1', [id, failure.problem, nextTry(failure, tries, at)]);
  else await sql.rows('delete from unsent_letter where id = $1', [id]);
  return failure;
}

/** Asks the mail server again for the letters whose time has come. */
export const againJob = (sql: Sql, mailer: Mailer): JobDefinition =>
  defineJob({
    name: 'accounts.letters',
    title: 'Send letters that the mail server did not take',
    every: '* * * * *',
    async run() {
      if (!mailer.configured) return { sent: 0 };
      const now = new Date(),
        letters = await sql.rows<Waiting>(claim('next_try <= $1'), [now]);
      let sent = 0;
      for (const letter of letters) if (!(await send(sql, mailer, letter, now))) sent++;
      return { sent, waiting: letters.length - sent };
    },
  });

/** An operator sends one now. 404 where it is gone, 409 where the server does not take it, with what it says. */
export async function sendAgain(sql: Sql, mailer: Mailer, id: number, operator: number, at: Date): Promise<void> {
  if (!mailer.configured) throw conflict('This site has no mail server. Set SMTP_URL, or hand the letter on yourself.');
  const letter = await sql.one<Waiting>(claim('id = $2'), [at, id]);
  if (!letter) throw notFound('letter');
  const failure = await send(sql, mailer, letter, at);
  await audit(sql, { operator, action: 'letter.send', subject: `letter ${id}`, after: { sent: !failure } });
  if (failure) throw conflict(`The mail server did not take it: ${failure.problem}`);
}

/** 404 where it is gone. */
export const forget = (sql: Sql, id: number, operator: number): Promise<void> =>
  sql.transaction(async (tx) => {
    if (!(await tx.one('delete from unsent_letter where id = $1 returning id', [id]))) throw notFound('letter');
    await audit(tx, { operator, action: 'letter.forget', subject: `letter ${id}` });
  });
