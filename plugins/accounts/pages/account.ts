import { Router, type Request, type Response } from 'express';
import { signedIn, type Account } from '../../../core/http/request.ts';
import { accountWith, changePassword } from '../credentials.ts';
import { check, passwordForm, profileForm, typed } from '../forms.ts';
import { waitMessage, type Parts } from './parts.ts';

interface Own {
  readonly name: string;
  readonly handle: string;
  readonly email: string;
  readonly bio: string;
}
const notices: ReadonlyMap<unknown, string> = new Map([
  ['profile', 'accounts.saved.profile'],
  ['password', 'accounts.saved.password'],
]);

/** /account: one's own name, bio and password */
export function accountPages(parts: Parts): Router {
  const { sql, pages } = parts;
  const own = async ({ id }: Account): Promise<Own> => (await sql.one<Own>('select name, handle, email, bio from account where id = $1', [id]))!;
  const show = async (request: Request, response: Response, status = 200, data: object = {}): Promise<void> => {
    const account = signedIn(request);
    const values = await own(account);
    await pages.send(
      request,
      response,
      'accounts/account',
      { email: values.email, handle: values.handle, values, ...data },
      { status, slots: { 'account.sections': [account.id] } },
    );
  };

  return Router()
    .get('/account', (request, response) => show(request, response, 200, { notice: notices.get(request.query['saved']) }))
    .post('/account', async (request, response) => {
      const { id } = signedIn(request);
      const { data, errors } = check(profileForm, request.body);
      if (errors) return show(request, response, 422, { errors, values: typed(request.body, 'name', 'bio') });
      await sql.rows('update account set name = $2, bio = $3 where id = $1', [id, data.name, data.bio]);
      response.redirect(303, '/account?saved=profile');
    })
    .post('/account/password', async (request, response) => {
      const owner = await own(signedIn(request));
      const { data, errors } = check(passwordForm(owner), request.body);
      if (errors) return show(request, response, 422, { errors });
      const wait = await parts.attempts.signIn(request, owner.email);
      if (wait > 0) return show(request, response, 429, { message: waitMessage(response, wait) });
      if ((await accountWith(sql, owner.email, data.current)) === undefined) {
        return show(request, response, 422, { errors: { current: 'This is not your password.' } });
      }
      await parts.attempts.forgive(request, owner.email);
      await changePassword(sql, signedIn(request).id, data.password, request.sessionID);
      response.redirect(303, '/account?saved=password');
    });
}
