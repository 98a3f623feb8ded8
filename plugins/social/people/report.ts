import type { Router } from 'express';
import type { Parts } from '../parts.ts';

/** /people/{handle}/report: what somebody says about themselves, for the moderators. */
export const reportPages = ({ moderation, profiles }: Parts): Router =>
  moderation.reportRoutes('/people/:handle/report', async (request) => {
    const { id, name, handle, bio } = await profiles.person(request);
    return { kind: 'person', subject: id, author: id, excerpt: [`${name} (@${handle})`, bio].filter(Boolean).join('\n'), href: `/people/${handle}` };
  });
