import { Router } from 'express';
import { definePlugin } from '../../core/plugin.ts';
import { Database, Pages } from '../../core/services.ts';
import { Accounts } from '../accounts/api.ts';
import { Films } from '../catalogue/api.ts';
import { History } from '../history/api.ts';
import { Moderation } from '../moderation/api.ts';
import { Activities, Notifications, Privacy, Profiles } from './api.ts';
import { activities } from './feed/activities.ts';
import { feedPages } from './feed/pages.ts';
import { followRoutes } from './follow/routes.ts';
import { Follows } from './follow/store.ts';
import { fragmentsOver } from './fragments.ts';
import { notificationPages } from './notifications/pages.ts';
import { notifications } from './notifications/store.ts';
import { peoplePages } from './people/pages.ts';
import { profilePages } from './people/profile-pages.ts';
import { profilesOver } from './people/profiles.ts';
import { personalData } from './personal.ts';
import { reportPages } from './people/report.ts';
import { privacyPages } from './privacy/pages.ts';
import { privacyOver } from './privacy/service.ts';
import { rssRoutes } from './rss/routes.ts';

/** Viewers among each other: who may see whom, following, public profiles, the feed and what is new. */
export default definePlugin({
  id: 'social',
  title: 'Social',
  description: 'Following, privacy, blocking, public profiles, a feed of what the people one follows do, and notifications.',
  requires: { sql: Database, pages: Pages, accounts: Accounts, films: Films, history: History, moderation: Moderation },
  provides: { privacy: Privacy, profiles: Profiles, notifications: Notifications, activities: Activities },
  migrations: new URL('./migrations/', import.meta.url),
  personalData,
  views: new URL('./views/', import.meta.url),
  texts: new URL('./texts/', import.meta.url),
  setup({ use }) {
    const privacy = privacyOver(use.sql),
      follows = new Follows({ ...use, privacy, notifications });
    const profiles = profilesOver({ ...use, privacy, follows });
    const parts = { ...use, privacy, profiles, notifications, follows, shown: use.moderation.shown };
    return {
      services: { privacy, profiles, notifications, activities },
      routes: Router().use(
        peoplePages(parts),
        profilePages(parts),
        followRoutes(parts),
        feedPages(parts),
        privacyPages(parts),
        notificationPages(parts),
        rssRoutes(parts),
        reportPages(parts),
      ),
      fragments: fragmentsOver(parts),
    };
  },
});
