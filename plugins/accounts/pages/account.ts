import { Router, type Request, type Response } from 'express';
import { languageNames, languages } from '../../../i18n/languages.ts';
import { signedIn } from '../../../core/http/request.ts';
import { check, preferencesForm, profileForm, typed } from '../forms.ts';
import { ownOf } from './own.ts';
import type { Parts } from './parts.ts';

const notices: ReadonlyMap<unknown, string> = new Map([
  ['profile', 'accounts.saved.profile'],
  ['picture', 'accounts.saved.picture'],
  ['preferences', 'accounts.saved.preferences'],
]);

/** The page, with what was typed and refused in `data`. */
export async function showAccount({ sql, pages }: Parts, request: Request, response: Response, status = 200, data: object = {}): Promise<void> {
  const account = signedIn(request),
    own = await ownOf(sql, account);
  const choices = languages.map((id) => ({ id, name: languageNames[id], chosen: id === own.language }));
  await pages.send(
    request,
    response,
    'accounts/account',
    { own, values: own, choices, ...data },
    { status, slots: { 'account.sections': [account.id], 'account.tabs': [account.id] } },
  );
}

/** /account: one's own name, words, picture, language and shortcuts. */
export function accountPages(parts: Parts): Router {
  const { sql } = parts;
  const show = (request: Request, response: Response, status?: number, data?: object): Promise<void> =>
    showAccount(parts, request, response, status, data);
  return Router()
    .get('/account', (request, response) => show(request, response, 200, { notice: notices.get(request.query['saved']) }))
    .post('/account', async (request, response) => {
      const { id } = signedIn(request);
      const { data, errors } = check(profileForm, request.body);
      if (errors) return show(request, response, 422, { errors, values: typed(request.body, 'name', 'bio') });
      await sql.rows('update account set name = $2, bio = $3 where id = $1', [id, data.name, data.bio]);
      response.redirect(303, '/account?saved=profile');
    })
    .post('/account/preferences', async (request, response) => {
      const { id } = signedIn(request);
      const { data, errors } = check(preferencesForm, request.body);
      if (errors) return show(request, response, 422, { errors });
      await sql.rows('update account set language = $2, shortcuts = $3 where id = $1', [id, data.language, data.shortcuts]);
      response.redirect(303, '/account?saved=preferences');
    });
}
