import { Router, type Request, type Response } from 'express';
import { languageOf } from '../../../i18n/languages.ts';
import { AppError } from '../../../core/errors.ts';
import { signedIn } from '../../../core/http/request.ts';
import { accountWith, changeEmail, changePassword } from '../credentials.ts';
import { check, newEmailForm, passwordForm, typed } from '../forms.ts';
import { ownOf } from './own.ts';
import { waitMessage, type Parts } from './parts.ts';

const notices: ReadonlyMap<unknown, string> = new Map([
  ['password', 'accounts.saved.password'],
  ['email', 'accounts.saved.email'],
]);

/** /account/security: the address and the password to sign in with. Each change asks for the password and ends all other sessions. */
export function securityPages(parts: Parts): Router {
  const { sql, pages } = parts;
  const show = async (request: Request, response: Response, status = 200, data: object = {}): Promise<void> => {
    const account = signedIn(request),
      own = await ownOf(sql, account);
    await pages.send(request, response, 'accounts/security', { own, ...data }, { status, slots: { 'account.tabs': [account.id] } });
  };
  return Router()
    .get('/account/security', (request, response) => show(request, response, 200, { notice: notices.get(request.query['saved']) }))
    .post('/account/password', async (request, response) => {
      const owner = await ownOf(sql, signedIn(request));
      const { data, errors } = check(passwordForm(owner), request.body);
      if (errors) return show(request, response, 422, { errors });
      const refused = await refusal(parts, request, response, owner.email, data.current);
      if (refused) return show(request, response, refused.status, refused.data);
      await changePassword(sql, signedIn(request).id, data.password, request.sessionID);
      response.redirect(303, '/account/security?saved=password');
    })
    .post('/account/email', async (request, response) => {
      const { id } = signedIn(request),
        owner = await ownOf(sql, { id });
      const { data, errors } = check(newEmailForm, request.body),
        values = typed(request.body, 'email');
      if (errors) return show(request, response, 422, { values, emailErrors: errors });
      const refused = await refusal(parts, request, response, owner.email, data.current);
      if (refused) return show(request, response, refused.status, { values, ...refused.data, emailErrors: refused.data.errors, errors: undefined });
      try {
        await changeEmail(sql, id, data.email, request.sessionID);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        return show(request, response, error.status, { values, emailErrors: error.fields });
      }
      parts.background(tellOldAddress(parts, request, owner.email));
      response.redirect(303, '/account/security?saved=email');
    });
}

interface Refusal {
  readonly status: number;
  readonly data: { readonly message?: string; readonly errors?: Readonly<Record<string, string>> };
}
/** Why the current password does not let this change through, counted as an attempt to guess it. */
async function refusal(
  { sql, attempts }: Parts,
  request: Request,
  response: Response,
  email: string,
  password: string,
): Promise<Refusal | undefined> {
  const wait = await attempts.signIn(request, email);
  if (wait > 0) return { status: 429, data: { message: waitMessage(response, wait) } };
  if ((await accountWith(sql, email, password)) === undefined) return { status: 422, data: { errors: { current: 'This is not your password.' } } };
  await attempts.forgive(request, email);
  return undefined;
}

/** Whoever lost the account this way finds out. */
async function tellOldAddress({ mailer, pages }: Parts, request: Request, to: string): Promise<void> {
  if (!mailer.configured) return;
  const language = languageOf(request);
  await mailer.send({ to, subject: pages.texts.t(language, 'accounts.moved.subject'), text: pages.texts.t(language, 'accounts.moved.letter') });
}
