import { Router } from 'express';
import { definePlugin } from '../../core/plugin.ts';
import { Database, Identity, Mail, Pages, PersonalParts } from '../../core/services.ts';
import { AccountCreated, Accounts } from './api.ts';
import { accountsOver } from './accounts.ts';
import { Attempts } from './attempts.ts';
import { accountResource } from './console/resource.ts';
import { letterRoutes } from './console/routes.ts';
import { identityOver } from './identity.ts';
import { nav } from './nav.ts';
import { avatarRoutes } from './avatar/routes.ts';
import { againJob } from './letters/again.ts';
import { postOver } from './letters/post.ts';
import { dataPages } from './pages/data.ts';
import { resetPages } from './pages/reset.ts';
import { securityPages } from './pages/security.ts';
import { accountPages } from './pages/account.ts';
import { keyboardPage } from './pages/keyboard.ts';
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
  requires: { sql: Database, pages: Pages, mailer: Mail, personal: PersonalParts },
  provides: { identity: Identity, accounts: Accounts },
  migrations: new URL('./migrations/', import.meta.url),
  views: new URL('./views/', import.meta.url),
  texts: new URL('./texts/', import.meta.url),
  console: {
    resources: [accountResource],
    pages: [{ id: 'letters', title: 'Letters not sent', icon: 'Mail', role: 'admin', component: new URL('./console/letters.tsx', import.meta.url) }],
    figures: async (sql) => {
      const { n } = (await sql.one<{ n: number }>('select count(*)::integer as n from unsent_letter'))!;
      return n === 0 ? [] : [{ label: 'Letters not sent', value: n, page: 'letters' }];
    },
  },
  setup({ config, use, publish, find, log }) {
    const { sql, mailer } = use;
    const background = (work: Promise<void>): void => void work.catch((error: unknown) => log.error('a letter was not sent', error));
    const parts = { ...use, publish, find, background, attempts: new Attempts(sql, config), post: postOver(sql, mailer, log) };
    return {
      services: { identity: identityOver(sql), accounts: accountsOver(sql, (created) => publish(AccountCreated, created)) },
      routes: Router().use(
        signUpPages(parts),
        signInPages(parts),
        resetPages(parts),
        accountPages(parts),
        securityPages(parts),
        dataPages(parts),
        avatarRoutes(parts),
        languagePages(parts),
        keyboardPage(parts),
      ),
      fragments: [nav, languageSwitch],
      consoleRoutes: letterRoutes(sql, mailer),
      jobs: [tidyJob(sql, publish), againJob(sql, mailer)],
    };
  },
});
