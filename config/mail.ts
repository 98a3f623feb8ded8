import nodemailer from 'nodemailer';
import { noMailer, type Mailer } from '../core/mail.ts';
import type { Env } from './env.ts';

/** Mail through the server in SMTP_URL; without it nothing is sent, and whoever wanted to is told. */
export function mailerOf({ SMTP_URL, MAIL_FROM }: Pick<Env, 'SMTP_URL' | 'MAIL_FROM'>): Mailer {
  if (SMTP_URL === undefined) return noMailer;
  const transport = nodemailer.createTransport(SMTP_URL, { from: MAIL_FROM });
  return { configured: true, send: async (letter) => void (await transport.sendMail(letter)) };
}
