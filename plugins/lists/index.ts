import { Router } from 'express';
import { definePlugin } from '../../core/plugin.ts';
import { Database, Pages } from '../../core/services.ts';
import { Accounts } from '../accounts/api.ts';
import { Films } from '../catalogue/api.ts';
import { listApi } from './api-routes.ts';
import { fragmentsOver } from './fragments.ts';
import { listPages } from './pages.ts';
import { personalData } from './personal.ts';
import { reportPages } from './reports.ts';
import { listRoutes } from './routes.ts';

/** Lists that viewers make of films, for themselves or for everybody. */
export default definePlugin({
  id: 'lists',
  title: 'Lists',
  description: 'Lists of films that viewers make, put in order and describe; public ones can be liked.',
  requires: { sql: Database, pages: Pages, films: Films, accounts: Accounts },
  migrations: new URL('./migrations/', import.meta.url),
  views: new URL('./views/', import.meta.url),
  texts: new URL('./texts/', import.meta.url),
  personalData,
  setup({ use, find }) {
    const parts = { ...use, find };
    return { routes: Router().use(listPages(parts), listRoutes(parts), reportPages(parts)), api: listApi(parts), fragments: fragmentsOver(parts) };
  },
});
