import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { languageOf } from '../../../i18n/languages.ts';
import { emailForm, check, newPasswordForm, typed } from '../forms.ts';
import { linkMinutes, newResetLink, ownerOfLink, useResetLink } from '../reset.ts';
import { waitMessage, type Parts } from './parts.ts';

const Secret = z.string().regex(/^[\w-]{43}$/);
const secretOf = (input: unknown): string => Secret.safeParse(input).data ?? '';

/** /forgot and /reset: a new password for those who can read mail to their address. */
export const resetPages = (parts: Parts): Router => Router().use(forgot(parts), reset(parts));

function forgot(parts: Parts): Router {
  const show = (request: Request, response: Response, status: number, data: object): Promise<void> =>
    parts.pages.send(request, response, 'accounts/forgot', { values: typed(request.body, 'email'), ...data }, { status });
  return Router()
    .get('/forgot', (request, response) => show(request, response, 200, {}))
    .post('/forgot', async (request, response) => {
      const { data, errors } = check(emailForm, request.body);
      if (errors) return show(request, response, 422, { errors });
      const wait = await parts.attempts.reset(request, data.email);
      if (wait > 0) return show(request, response, 429, { message: waitMessage(response, wait) });
      // Not waited for: the answer, and the time that it takes, are the same for addresses that nobody has.
      parts.background(sendLink(parts, request, data.email));
      await show(request, response, 200, { sent: true });
    });
}

async function sendLink({ sql, post, pages }: Parts, request: Request, email: string): Promise<void> {
  const made = await newResetLink(sql, email, request.clock);
  if (!made) return;
  const language = languageOf(request),
    link = `${request.protocol}://${request.headers.host}/reset?link=${made.secret}`;
  const { id: account, name } = made.owner;
  const text = pages.texts.t(language, 'accounts.reset.letter', { name, link, minutes: linkMinutes });
  await post({ account, to: made.owner.email, subject: pages.texts.t(language, 'accounts.reset.subject'), text }, request.clock);
}

function reset(parts: Parts): Router {
  const { sql } = parts;
  const show = (request: Request, response: Response, status: number, data: object): Promise<void> =>
    parts.pages.send(request, response, 'accounts/reset', data, { status });
  return Router()
    .get('/reset', async (request, response) => {
      const link = secretOf(request.query['link']),
        owner = await ownerOfLink(sql, link, request.clock);
      await show(request, response, owner ? 200 : 410, owner ? { link, email: owner.email } : {});
    })
    .post('/reset', async (request, response) => {
      const link = secretOf((request.body as { link?: unknown } | undefined)?.link),
        owner = await ownerOfLink(sql, link, request.clock);
      if (!owner) return show(request, response, 410, {});
      const { data, errors } = check(newPasswordForm(owner), request.body);
      if (errors) return show(request, response, 422, { link, email: owner.email, errors });
      if (!(await useResetLink(sql, link, data.password, request.clock))) return show(request, response, 410, {});
      response.redirect(303, '/sign-in?changed=password');
    });
}
