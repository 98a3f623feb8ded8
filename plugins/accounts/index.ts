import { Router } from 'express';
import { definePlugin } from '../../core/plugin.ts';
import { Database, Identity, Pages } from '../../core/services.ts';
import { AccountCreated, Accounts } from './api.ts';
import { accountsOver } from './accounts.ts';
import { Attempts } from './attempts.ts';
import { accountResource } from './console.ts';
import { identityOver } from './identity.ts';
import { nav } from './nav.ts';
import { accountPages } from './pages/account.ts';
import { languagePages, languageSwitch } from './pages/language.ts';
import { signInPages } from './pages/sign-in.ts';
import { signUpPages } from './pages/sign-up.ts';
import { settings } from './settings.ts';
import { tidyJob } from './tidy.ts';

/** People: who they are, how they sign in, and the unit that stands for each of them in measurements. */
export default definePlugin({
  id: 'accounts',
  title: 'Accounts',
  description: 'Sign-up, sign-in and profiles, and the visitors without an account.',
  required: true,
  config: settings,
  requires: { sql: Database, pages: Pages },
  provides: { identity: Identity, accounts: Accounts },
  migrations: new URL('./migrations/', import.meta.url),
  views: new URL('./views/', import.meta.url),
  texts: new URL('./texts/', import.meta.url),
  console: { resources: [accountResource] },
  setup({ config, use: { sql, pages }, publish }) {
    const parts = { sql, pages, publish, attempts: new Attempts(sql, config) };
    return {
      services: { identity: identityOver(sql), accounts: accountsOver(sql, (created) => publish(AccountCreated, created)) },
      routes: Router().use(signUpPages(parts), signInPages(parts), accountPages(parts), languagePages(parts)),
      fragments: [nav, languageSwitch],
      jobs: [tidyJob(sql, publish)],
    };
  },
});
