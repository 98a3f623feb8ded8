import { Router } from 'express';
import type { Parts } from './parts.ts';

/** What views/assets/keys.js does, key by key, with the keys of its words. */
export const shortcuts: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['?'], does: 'accounts.keys.help' },
  { keys: ['/'], does: 'accounts.keys.search' },
  { keys: ['s'], does: 'accounts.keys.stars' },
  { keys: ['g', 'h'], does: 'accounts.keys.home' },
  { keys: ['g', 'b'], does: 'accounts.keys.browse' },
  { keys: ['g', 'w'], does: 'accounts.keys.watchlist' },
  { keys: ['g', 'r'], does: 'accounts.keys.ratings' },
  { keys: ['g', 'f'], does: 'accounts.keys.feed' },
  { keys: ['g', 'p'], does: 'accounts.keys.people' },
  { keys: ['g', 'i'], does: 'accounts.keys.news' },
  { keys: ['g', 'a'], does: 'accounts.keys.account' },
];

/** /keyboard: which keys do what */
export const keyboardPage = ({ pages }: Parts): Router =>
  Router().get('/keyboard', (request, response) => pages.send(request, response, 'accounts/keyboard', { shortcuts }));
