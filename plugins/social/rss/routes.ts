import { Router, type Request } from 'express';
import { notFound } from '../../../core/errors.ts';
import type { Profile } from '../../accounts/api.ts';
import { doingsOf, type Happening } from '../feed/store.ts';
import type { Parts } from '../parts.ts';
import { namedPerson } from '../people/profiles.ts';
import { rss, type Item } from './feed.ts';

const items = 30;

/**
 * /people/{handle}/feed.xml: what a person whose profile is public did lately. Feed readers are nobody, so only the level
 * public has one. Express answers 304 to a reader that has this version (If-None-Match).
 */
export const rssRoutes = (parts: Parts): Router =>
  Router().get('/people/:handle/feed.xml', async (request, response) => {
    const person = await namedPerson(parts.accounts, request);
    if (!(await parts.privacy.canSee(null, person.id, 'activity'))) throw notFound('person');
    const happenings = await doingsOf(parts.sql, person.id, items, undefined, parts.shown('a.kind', 'a.subject'));
    response
      .type('application/rss+xml; charset=utf-8')
      .set('cache-control', 'public, max-age=300')
      .send(await document(parts, request, person, happenings));
  });

async function document({ films }: Parts, request: Request, person: Profile, happenings: readonly Happening[]): Promise<string> {
  const cards = await films.cards(happenings.flatMap(({ film }) => film ?? []));
  const site = `${request.protocol}://${request.get('host')}`,
    link = `${site}/people/${person.handle}`;
  const item = ({ kind, subject, film, stars, title, href, at }: Happening): Item => {
    const name = film === null ? (title ?? '') : (cards.get(film)?.title ?? '');
    return {
      title: kind === 'rating' ? `${name}: ${stars} of 5 stars` : kind === 'review' ? `${name}: a review` : `A list: ${name}`,
      link: `${site}${href}`,
      guid: `${link}/${kind}/${subject}/${at.toISOString()}`,
      at,
    };
  };
  const channel = {
    title: `${person.name} on Marquee`,
    description: `Films that ${person.name} rated and reviewed`,
    link,
    self: `${link}/feed.xml`,
    language: 'en',
  };
  return rss(channel, happenings.map(item));
}
