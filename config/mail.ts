import nodemailer from 'nodemailer';
import { noMailer, type Mailer } from '../core/mail.ts';
import type { Env } from './env.ts';

/** Milliseconds: a server that does not answer must not hold a job, or an operator, for minutes. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** Mail through the server in SMTP_URL; without it nothing is sent, and whoever wanted to is told. */
export function mailerOf({ SMTP_URL, MAIL_FROM }: Pick<Env, 'SMTP_URL' | 'MAIL_FROM'>): Mailer {
  if (SMTP_URL === undefined) return noMailer;
  const transport = nodemailer.createTransport({ url: SMTP_URL, ...patience }, { from: MAIL_FROM });
  return { configured: true, send: async (letter) => void (await transport.sendMail(letter)) };
}
