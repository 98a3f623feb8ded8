import { Router, type Request } from 'express';
import { z } from 'zod';
import type { Fragment } from '../../../core/http/fragment.ts';
import { read } from '../../../core/http/form.ts';
import { languageCookie, languageNames, languageOf, languages } from '../../../i18n/languages.ts';
import { nextOf, type Parts } from './parts.ts';

const form = z.object({ language: z.enum(languages) });
const oneYear = 365 * 24 * 3600 * 1000;

/** /language: the switch in the footer, kept with the account and in the browser. */
export const languagePages = ({ sql }: Parts): Router =>
  Router().post('/language', async (request, response) => {
    const { language } = read(form, request.body);
    if (request.account) await sql.rows('update account set language = $2 where id = $1', [request.account.id, language]);
    response.cookie(languageCookie, language, { httpOnly: true, sameSite: 'lax', secure: request.secure, maxAge: oneYear, path: '/' });
    response.redirect(303, nextOf(request));
  });

/** The end of the footer: the languages that the page is not in. */
export const languageSwitch: Fragment = {
  slot: 'footer',
  order: 900,
  template: 'accounts/languages',
  load: async (request, subjects) => {
    const current = languageOf(request);
    const others = languages.filter((language) => language !== current).map((id) => ({ id, name: languageNames[id] }));
    return new Map(subjects.map((subject) => [subject, { others, next: pageOf(request) }]));
  },
};

/** A page that answered a form has no address to come back to. */
const pageOf = ({ method, originalUrl }: Request): string => (method === 'GET' ? originalUrl : '/');
