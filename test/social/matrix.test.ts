import type request from 'supertest';
import { ApiRoutes } from '../../core/services.ts';
import type { Level, Sight } from '../../plugins/social/api.ts';
import { socialSite, type SocialSite } from '../reviews/site.ts';

const levels = ['public', 'followers', 'private'] as const satisfies readonly Level[];
/** `blocked`: by the owner. `blocking`: the reader blocks the owner. `muting`: the reader follows and mutes. */
const roles = ['visitor', 'stranger', 'pending', 'follower', 'muting', 'blocked', 'blocking', 'staff', 'owner'] as const;
type Role = (typeof roles)[number];
type Person = Exclude<Role, 'visitor' | 'owner'>;
const readers = roles.filter((role): role is Person => role !== 'visitor' && role !== 'owner');
const owners = ['o_public', 'o_followers', 'o_private'] as const;
type Owner = (typeof owners)[number];
type Handle = Person | Owner | 'third';

/** The policy in its own words, to hold the SQL against. */
function may(role: Role, level: Level, what: Sight): boolean {
  if (role === 'owner') return what !== 'contact';
  const known = role !== 'blocked' && role !== 'blocking' && level !== 'private';
  if (what === 'profile') return known;
  if (what === 'contact') return known && role !== 'visitor';
  const open = known && (level === 'public' || role === 'follower' || role === 'muting');
  return what === 'activity' ? open : open && role !== 'muting';
}

let site: SocialSite<Handle>;
const film = (): number => site.films[0]!;
const reviews = new Map<Owner, number>(),
  comments = new Map<Owner, number>(),
  lists = new Map<Owner, number>();
let foreign: number;
const year = new Date().getUTCFullYear();

beforeAll(async () => {
  site = await socialSite<Handle>([...readers, ...owners, 'third'], ['Stalker', 'Solaris']);
  const { sql } = site.app;
  foreign = Number((await site.post('third', `/film/${site.films[1]}/review`, { text: 'By a third one.' })).headers['location']!.split('/')[2]);
  for (const owner of owners) {
    await site.post(owner, `/film/${film()}/rating`, { stars: '5' });
    reviews.set(owner, Number((await site.post(owner, `/film/${film()}/review`, { text: `Text of ${owner}` })).headers['location']!.split('/')[2]));
    const at = (await site.post(owner, `/review/${foreign}/comments`, { text: `Comment of ${owner}`, parent: '', form: `form-of-${owner}` })).headers[
      'location'
    ]!;
    comments.set(owner, Number(/comment-(\d+)/.exec(at)![1]));
    const list = await site.post(owner, '/lists', { name: `List of ${owner}`, public: '1', film: film() });
    lists.set(owner, Number(list.headers['location']!.split('/')[2]));
  }
  const pair = (table: string, columns: string, from: string, to: string) =>
    sql.rows(`insert into ${table} (${columns}, at) select a.id, b.id, now() from account a, account b where a.handle = $1 and b.handle = $2`, [
      from,
      to,
    ]);
  for (const owner of owners) {
    await pair('follow_request', 'follower, followed', 'pending', owner);
    for (const role of ['follower', 'muting'] as const) await pair('follow', 'follower, followed', role, owner);
    await pair('mute', 'muter, muted', 'muting', owner);
    await pair('block', 'blocker, blocked', owner, 'blocked');
    await pair('block', 'blocker, blocked', 'blocking', owner);
    // Everybody gets films from the owner, and may send some where the owner can be turned to.
    for (const role of readers) {
      await pair('follow', 'follower, followed', owner, role);
      await sql.rows(
        `insert into share (sender, recipient, film, note, at) select a.id, b.id, $3, $4, now() from account a, account b where a.handle = $1 and b.handle = $2`,
        [owner, role, site.films[1], `Note of ${owner}`],
      );
    }
    // The owner can be seen in others' lists of followers.
    await pair('follow', 'follower, followed', owner, 'third');
  }
  await sql.rows(`update account set role = 'admin' where handle = 'staff'`);
  await sql.rows(
    `insert into profile_privacy (account, level, updated_at) select id, substr(handle, 3), now() from account where handle like 'o\\_%'`,
  );
});
afterAll(() => site.app.stop());

type Answer = request.Response;
interface Route {
  readonly name: string;
  readonly path: (owner: Owner) => string;
  readonly what: Sight;
  /** whether the answer shows it; default: the status is 200 */
  readonly shows?: (answer: Answer, owner: Owner) => boolean;
}
const found = ({ status }: Answer): boolean => status === 200;
const has =
  (text: (owner: Owner) => string) =>
  (answer: Answer, owner: Owner): boolean =>
    answer.status === 200 && answer.text.includes(text(owner));

/** Everything that shows something of an owner. */
const routes: readonly Route[] = [
  { name: 'profile', path: (owner) => `/people/${owner}`, what: 'profile' },
  { name: 'what the profile shows', path: (owner) => `/people/${owner}`, what: 'activity', shows: has(() => 'Stalker') },
  { name: 'bio and counts', path: (owner) => `/people/${owner}`, what: 'activity', shows: has((owner) => `/people/${owner}/followers`) },
  { name: 'followers', path: (owner) => `/people/${owner}/followers`, what: 'activity', shows: has((owner) => `Who follows The ${owner}`) },
  { name: 'followed', path: (owner) => `/people/${owner}/following`, what: 'activity', shows: has((owner) => `Whom The ${owner} follows`) },
  { name: 'reviews of a person', path: (owner) => `/people/${owner}/reviews`, what: 'activity', shows: has((owner) => `Text of ${owner}`) },
  { name: 'search', path: (owner) => `/people?q=${owner}`, what: 'profile', shows: has((owner) => `href="/people/${owner}"`) },
  { name: 'followers of a third one', path: () => '/people/third/followers', what: 'profile', shows: has((owner) => `href="/people/${owner}"`) },
  { name: 'a review', path: (owner) => `/review/${reviews.get(owner)}`, what: 'activity' },
  { name: 'its history', path: (owner) => `/review/${reviews.get(owner)}/edits`, what: 'activity' },
  { name: 'reviews of a film', path: () => `/film/${film()}/reviews?order=newest`, what: 'stream', shows: has((owner) => `Text of ${owner}`) },
  { name: 'a film page', path: () => `/film/${film()}`, what: 'stream', shows: has((owner) => `Text of ${owner}`) },
  { name: 'statistics', path: (owner) => `/people/${owner}/statistics`, what: 'activity', shows: has(() => 'id="stars"') },
  { name: 'a year', path: (owner) => `/people/${owner}/statistics/${year}`, what: 'activity', shows: has(() => 'id="months"') },
  { name: 'a list', path: (owner) => `/list/${lists.get(owner)}`, what: 'activity' },
  { name: 'lists of a person', path: (owner) => `/people/${owner}`, what: 'activity', shows: has((owner) => `List of ${owner}`) },
  { name: 'all lists', path: () => '/lists?sort=newest', what: 'stream', shows: has((owner) => `List of ${owner}`) },
  { name: 'lists with a film', path: () => `/film/${film()}`, what: 'stream', shows: has((owner) => `List of ${owner}`) },
  { name: 'whom one may send films', path: () => `/film/${film()}/share`, what: 'contact', shows: has((owner) => `<option value="${owner}">`) },
  { name: 'comments', path: () => `/review/${foreign}`, what: 'stream', shows: has((owner) => `Comment of ${owner}`) },
];

const ask = (role: Role, owner: Owner, path: string) => (role === 'visitor' ? site.nobody : site.browsers[role === 'owner' ? owner : role]).get(path);

describe.each(routes)('$name', ({ path, what, shows = found }) => {
  test.each(roles)('as %s', async (role) => {
    for (const level of levels) {
      const owner: Owner = `o_${level}`;
      const answer = await ask(role, owner, path(owner));
      expect([level, shows(answer, owner)]).toEqual([level, may(role, level, what)]);
      // Whom one may not know of is nobody: nothing else, not even "forbidden".
      if (!may(role, level, 'profile') && what !== 'stream' && shows === found) expect(answer.status).toBe(404);
    }
  });
});

test('the feed tells followers alone of what they do, and not those who mute', async () => {
  for (const role of readers) {
    const { text } = await site.browsers[role].get('/feed');
    for (const level of levels) {
      const expected = role === 'follower' && level !== 'private';
      expect([role, level, text.includes(`href="/people/o_${level}"`)]).toEqual([role, level, expected]);
    }
  }
});

test('the JSON API shows what a visitor sees', async () => {
  const reviewsPlugin = site.app.host
    .find(ApiRoutes)!
    .get('reviews')!
    .find(({ path: at }) => at === '/films/{id}/reviews')!;
  const { items } = (await reviewsPlugin.handler({
    params: { id: film() },
    query: { order: 'newest', limit: 100, offset: 0 },
    body: undefined,
    request: { clock: new Date() } as never,
  })) as { items: { author: { handle: string } }[] };
  expect(items.map(({ author }) => author.handle)).toEqual(['o_public']);
});

test('of lists, too', async () => {
  const operation = (path: string) =>
    site.app.host
      .find(ApiRoutes)!
      .get('lists')!
      .find((route) => route.path === path)!;
  const slice = { order: 'newest', limit: 100, offset: 0 },
    request = { clock: new Date() } as never;
  const all = await operation('/film-lists').handler({ params: undefined, query: slice, body: undefined, request });
  expect((all as { items: { owner: { handle: string } }[] }).items.map(({ owner }) => owner.handle)).toEqual(['o_public']);
  const one = (owner: Owner) => operation('/film-lists/{id}').handler({ params: { id: lists.get(owner) }, query: slice, body: undefined, request });
  expect(await one('o_public')).toMatchObject({ name: 'List of o_public', items: [{ film: film(), title: 'Stalker' }] });
  for (const owner of ['o_followers', 'o_private'] as const) await expect(one(owner)).rejects.toMatchObject({ status: 404 });
});

test('RSS is for everybody or nobody', async () => {
  for (const role of roles) {
    for (const level of levels) {
      const owner: Owner = `o_${level}`;
      expect([role, level, (await ask(role, owner, `/people/${owner}/feed.xml`)).status]).toEqual([role, level, level === 'public' ? 200 : 404]);
    }
  }
});

test('what somebody recommended is there unless the sender is gone for the reader, or muted', async () => {
  const { sql } = site.app;
  for (const role of readers) {
    const [inbox, page] = [await site.browsers[role].get('/inbox'), await site.browsers[role].get(`/film/${site.films[1]}`)];
    for (const level of levels) {
      const owner: Owner = `o_${level}`,
        expected = role !== 'muting' && may(role, level, 'profile');
      const share = await sql.one<{ id: number }>(
        `select s.id from share s join account a on a.id = s.sender join account b on b.id = s.recipient where a.handle = $1 and b.handle = $2`,
        [owner, role],
      );
      const note = `Note of ${owner}`,
        report = await site.browsers[role].get(`/inbox/${share!.id}/report`);
      expect([role, level, inbox.text.includes(note), page.text.includes(note), report.status]).toEqual([
        role,
        level,
        expected,
        expected,
        expected ? 200 : 404,
      ]);
    }
  }
});

test('likes of a list are counted by whom the reader may know of', async () => {
  const list = lists.get('o_public')!;
  await site.app.sql.rows(
    `insert into film_list_like (list, account, at) select $1, id, now() from account where handle in ('o_followers', 'o_private', 'third') on conflict do nothing`,
    [list],
  );
  for (const role of roles.filter((one) => may(one, 'public', 'activity'))) {
    const eyes = role === 'owner' ? 'stranger' : role,
      expected = 1 + (['followers', 'private'] as const).filter((level) => may(eyes, level, 'profile')).length;
    const { text } = await ask(role, 'o_public', `/list/${list}`);
    expect([role, Number(/ (\d+) likes?</.exec(text.replaceAll(' ·', '<'))?.[1])]).toEqual([role, expected]);
  }
});

test('comments in counts are those that the reader sees', async () => {
  for (const role of roles.filter((one) => one !== 'owner')) {
    const expected = levels.filter((level) => may(role, level, 'stream')).length;
    const { text } = await ask(role, 'o_public', `/review/${foreign}`);
    expect([role, Number(/id="comments-heading">(\d+) comment/.exec(text)![1])]).toEqual([role, expected]);
  }
});

describe.each([
  ['like', (owner: Owner) => `/review/${reviews.get(owner)}/like`, {}, 303, 'activity'],
  ['comment', (owner: Owner) => `/review/${reviews.get(owner)}/comments`, { text: 'Hello', parent: '' }, 303, 'activity'],
  ['report a review', (owner: Owner) => `/review/${reviews.get(owner)}/report`, { reason: 'other' }, 303, 'activity'],
  ['report a comment', (owner: Owner) => `/comment/${comments.get(owner)}/report`, { reason: 'other' }, 303, 'activity'],
  ['like a list', (owner: Owner) => `/list/${lists.get(owner)}/like`, {}, 303, 'activity'],
  ['report a list', (owner: Owner) => `/list/${lists.get(owner)}/report`, { reason: 'other' }, 303, 'activity'],
  ['share a film', () => `/film/${film()}/share`, {}, 303, 'contact'],
  ['report a person', (owner: Owner) => `/people/${owner}/report`, { reason: 'other' }, 303, 'profile'],
  ['follow', (owner: Owner) => `/people/${owner}/follow`, {}, 303, 'contact'],
  ['mute', (owner: Owner) => `/people/${owner}/mute`, {}, 303, 'profile'],
] as const)('to %s', (name, path, fields, done, what) => {
  test.each(readers)('as %s', async (role) => {
    const all = levels.map((level): Owner => `o_${level}`);
    const statuses: number[] = [];
    for (const owner of all)
      statuses.push((await site.post(role, path(owner), { ...fields, to: owner, form: `${role}-${owner}-${name.length}` })).status);
    expect(statuses).toEqual(levels.map((level) => (may(role, level, what) ? done : 404)));
  });

  test('as a visitor leads to signing in', async () => {
    expect((await site.nobody.post(path('o_public'), fields)).headers['location']).toMatch(/^\/sign-in/);
  });
});
