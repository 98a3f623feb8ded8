import { pipeline } from 'node:stream/promises';
import { Router, type Request, type Response } from 'express';
import { languageOf } from '../../../i18n/languages.ts';
import { signedIn } from '../../../core/http/request.ts';
import { accountWith } from '../credentials.ts';
import { personalFiles, zipOf } from '../export.ts';
import { check, leaveForm, typed } from '../forms.ts';
import { leaveForGood } from '../leave.ts';
import { leave } from '../session.ts';
import { emailOf } from './own.ts';
import { waitMessage, type Parts } from './parts.ts';

/** /account/data: everything to take along, and the way out. */
export function dataPages(parts: Parts): Router {
  const { sql, pages, attempts, personal } = parts;
  const show = async (request: Request, response: Response, status = 200, data: object = {}): Promise<void> => {
    const { id } = signedIn(request);
    await pages.send(request, response, 'accounts/data', data, { status, slots: { 'account.tabs': [id], 'account.data': [id] } });
  };
  return Router()
    .get('/account/data', (request, response) => show(request, response))
    .get('/account/data/marquee.zip', async (request, response) => {
      const { id: account } = signedIn(request);
      const wait = await attempts.export(account);
      if (wait > 0) return show(request, response, 429, { message: waitMessage(response, wait) });
      const files = await personalFiles(sql, personal, { account, unit: await request.unit() });
      const about = pages.texts.t(languageOf(request), 'accounts.data.about', { at: request.clock.toISOString() });
      response.attachment('marquee.zip').set('cache-control', 'private, no-store');
      await pipeline(zipOf(files, about), response);
    })
    .post('/account/delete', async (request, response) => {
      const { id: account } = signedIn(request);
      const { data, errors } = check(leaveForm, request.body);
      const keep = typed(request.body, 'texts').texts === 'keep';
      if (errors) return show(request, response, 422, { errors, keep });
      const email = await emailOf(sql, account),
        wait = await attempts.signIn(request, email);
      if (wait > 0) return show(request, response, 429, { message: waitMessage(response, wait), keep });
      if ((await accountWith(sql, email, data.current)) === undefined)
        return show(request, response, 422, { errors: { current: 'This is not your password.' }, keep });
      await leaveForGood(sql, personal, { account, unit: await request.unit() }, { keepTexts: data.texts === 'keep' }, request.clock);
      await leave(request);
      response.clearCookie('visitor');
      response.redirect(303, '/goodbye');
    })
    .get('/goodbye', (request, response) => pages.send(request, response, 'accounts/goodbye', {}));
}
