import { Router, type Request, type Response } from 'express';
import { UnitsMerged } from '../api.ts';
import { accountWith } from '../credentials.ts';
import { check, signInForm, typed } from '../forms.ts';
import { enter, leave } from '../session.ts';
import { adopt } from '../units.ts';
import { nextOf, waitMessage, wayOn, type Parts } from './parts.ts';

const wrong = 'The e-mail address or the password is wrong.';

/** /sign-in and /sign-out */
export function signInPages(parts: Parts): Router {
  const { pages } = parts;
  const show = (request: Request, response: Response, status: number, data: object): Promise<void> =>
    pages.send(request, response, 'accounts/sign-in', { values: typed(request.body, 'email'), ...wayOn(request), ...data }, { status });

  return Router()
    .get('/sign-in', async (request, response) => {
      if (request.account) return response.redirect(303, nextOf(request));
      await show(request, response, 200, request.query['changed'] === 'password' ? { notice: 'accounts.reset.done' } : {});
    })
    .post('/sign-in', async (request, response) => {
      const { data, errors } = check(signInForm, request.body);
      if (errors) return show(request, response, 422, { errors });
      const next = nextOf(request);
      const wait = await signIn(parts, request, data);
      if (wait === undefined) return show(request, response, 422, { message: wrong });
      if (wait > 0) return show(request, response, 429, { message: waitMessage(response, wait) });
      response.redirect(303, next);
    })
    .post('/sign-out', async (request, response) => {
      await leave(request);
      // The next person at this browser starts as a new visitor.
      response.clearCookie('visitor');
      response.redirect(303, '/');
    });
}

/** Starts the session: 0. Otherwise the seconds to wait, or undefined when the password is not this account's. */
export async function signIn(
  { sql, attempts, publish }: Parts,
  request: Request,
  { email, password }: { email: string; password: string },
): Promise<number | undefined> {
  const wait = await attempts.signIn(request, email);
  if (wait > 0) return wait;
  const account = await accountWith(sql, email, password);
  if (account === undefined) return undefined;
  await attempts.forgive(request, email);
  const { unit, merged } = await sql.transaction((tx) => adopt(tx, account, request.visitor));
  if (merged !== undefined) publish(UnitsMerged, { from: merged, into: unit });
  await enter(request, account);
  return 0;
}
