import type { Request } from 'express';
import type { Fragment } from '../../core/http/fragment.ts';

/** The end of the navigation: who is signed in and the way out, or the ways in. */
export const nav: Fragment = {
  slot: 'nav',
  order: 900,
  template: 'accounts/nav',
  load: async (request, subjects) => {
    const data = { next: encodeURIComponent(pageOf(request)) };
    return new Map(subjects.map((subject) => [subject, data]));
  },
};

/** What to come back to after signing in. */
const pageOf = ({ method, path, originalUrl }: Request): string => (method === 'GET' && !path.startsWith('/sign-') ? originalUrl : '/');
