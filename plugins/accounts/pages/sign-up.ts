import { Router, type Request, type Response } from 'express';
import type { z } from 'zod';
import type { Sql } from '../../../core/database/sql.ts';
import { AppError } from '../../../core/errors.ts';
import { insertAccount } from '../accounts.ts';
import { AccountCreated } from '../api.ts';
import { check, signUpForm, typed, type Errors } from '../forms.ts';
import { hashPassword } from '../password.ts';
import { enter } from '../session.ts';
import { nextOf, waitMessage, wayOn, type Parts } from './parts.ts';
import { signIn } from './sign-in.ts';

type Form = z.output<typeof signUpForm>;

/** /sign-up */
export function signUpPages(parts: Parts): Router {
  const { pages, attempts } = parts;
  const show = (request: Request, response: Response, status: number, data: object): Promise<void> =>
    pages.send(
      request,
      response,
      'accounts/sign-up',
      { values: typed(request.body, 'name', 'handle', 'email'), ...wayOn(request), ...data },
      { status },
    );

  return Router()
    .get('/sign-up', async (request, response) => {
      if (request.account) return response.redirect(303, nextOf(request));
      await show(request, response, 200, {});
    })
    .post('/sign-up', async (request, response) => {
      const next = nextOf(request);
      if (request.account) return response.redirect(303, next);
      const form = check(signUpForm, request.body);
      if (form.errors) return show(request, response, 422, { errors: form.errors });
      const wait = await attempts.signUp(request);
      if (wait > 0) return show(request, response, 429, { message: waitMessage(response, wait) });
      const errors = await signUp(parts, request, form.data);
      if (errors) return show(request, response, 422, { errors });
      response.redirect(303, next);
    });
}

/** Makes the account and starts its session, or says which fields are in the way. */
async function signUp(parts: Parts, request: Request, { password, ...form }: Form): Promise<Errors | undefined> {
  const input = { ...form, passwordHash: await hashPassword(password), joined: request.clock };
  try {
    const created = await parts.sql.transaction((tx) => insertAccount(tx, input, request.visitor));
    parts.publish(AccountCreated, created);
    await enter(request, created.account);
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return (await isTwice(parts.sql, form)) && (await signIn(parts, request, { email: form.email, password })) === 0 ? undefined : error.fields;
  }
}

/** Handle and address are taken by one account: perhaps this very form, sent twice by a double click. Then the password fits too. */
const isTwice = async (sql: Sql, { handle, email }: Omit<Form, 'password'>): Promise<boolean> =>
  (await sql.one('select from account where handle = $1 and lower(email) = lower($2)', [handle, email])) !== undefined;
