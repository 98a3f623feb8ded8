import type { BrowserContextOptions, Page } from 'playwright-core';
import { plugins } from '../../config/plugins.ts';
import { corePart } from '../../core/console/core-part.ts';
import { partsOf } from '../../core/console/owned.ts';
import { findings } from './axe.ts';
import type { Person, Suite } from './harness.ts';

interface Subject {
  readonly name: string;
  readonly path: string;
  /** nobody: a visitor without an account */
  readonly as?: Person;
  /** brings the page into the state that is looked at */
  readonly prepare?: (page: Page) => Promise<void>;
}
/** Sends the page's form as it stands, past the browser's own checks. */
const send = async (page: Page): Promise<void> => {
  await page.locator('main form').evaluate((form) => {
    (form as HTMLFormElement).noValidate = true;
  });
  await page.locator('main form').getByRole('button').click();
  await page.locator('[aria-invalid="true"], [role="alert"]').first().waitFor();
};

const sitePages: readonly Subject[] = [
  { name: 'home of a visitor', path: '/' },
  { name: 'home of a viewer', path: '/', as: 'viewer' },
  { name: 'a film', path: '/film/1' },
  { name: 'a film that one rated', path: '/film/2', as: 'viewer' },
  { name: 'genres', path: '/genres' },
  { name: 'a genre', path: '/genre/drama', as: 'viewer' },
  { name: 'search', path: '/search' },
  { name: 'search with results', path: '/search?q=kurosawa', as: 'viewer' },
  { name: 'search without results', path: '/search?q=xqzwv' },
  { name: 'search with filters', path: '/search?genre=drama&from=1980&stars=3', as: 'viewer' },
  { name: 'more rows of home', path: '/more?from=6', as: 'viewer' },
  { name: 'a sub-genre', path: '/genre/horror/zombie' },
  { name: 'decades', path: '/decades' },
  { name: 'a decade', path: '/decade/1980' },
  { name: 'top films', path: '/top?genre=drama' },
  { name: 'an empty diary', path: '/diary' },
  { name: 'a diary', path: '/diary', as: 'viewer' },
  { name: 'lists', path: '/lists' },
  { name: 'my lists', path: '/lists/mine', as: 'viewer' },
  { name: 'a list', path: '/list/1' },
  { name: 'a list being edited', path: '/list/1/edit?add=the', as: 'viewer' },
  { name: 'a new list', path: '/lists/new', as: 'viewer' },
  { name: 'a person', path: '/person/1', as: 'viewer' },
  { name: 'an empty watchlist', path: '/watchlist', as: 'manager' },
  { name: 'a watchlist', path: '/watchlist', as: 'viewer' },
  { name: 'no ratings', path: '/ratings' },
  { name: 'ratings', path: '/ratings', as: 'viewer' },
  { name: 'what is of no interest', path: '/ratings/dismissed', as: 'viewer' },
  { name: 'people', path: '/people', as: 'viewer' },
  { name: 'a profile', path: '/people/alex', as: 'manager' },
  { name: 'whom somebody follows', path: '/people/alex/following' },
  { name: 'an empty feed', path: '/feed', as: 'manager' },
  { name: 'a feed', path: '/feed', as: 'viewer' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'sign-in that failed', path: '/sign-in', prepare: send },
  { name: 'sign-up', path: '/sign-up' },
  { name: 'sign-up with errors', path: '/sign-up', prepare: send },
  { name: 'the account', path: '/account', as: 'viewer' },
  { name: 'what one signs in with', path: '/account/security', as: 'viewer' },
  { name: 'the own data', path: '/account/data', as: 'viewer' },
  { name: 'the import', path: '/account/import', as: 'viewer' },
  { name: 'statistics', path: '/people/alex/statistics', as: 'manager' },
  { name: 'a forgotten password', path: '/forgot' },
  { name: 'a link that is too old', path: '/reset?link=none' },
  { name: 'the keys', path: '/keyboard' },
  { name: 'about', path: '/about' },
  { name: 'a page that is not there', path: '/nowhere' },
  { name: 'a closed door', path: '/admin', as: 'viewer' },
];

const consoleParts = [corePart, ...partsOf(plugins).map(({ part }) => part)];
const consolePages: readonly Subject[] = [
  { name: 'the overview', path: '/admin', as: 'admin' },
  { name: 'a new experiment', path: '/admin/pages/experiments?new', as: 'admin' },
  ...consoleParts.flatMap(({ pages = [] }) => pages).map(({ id, title }) => ({ name: title, path: `/admin/pages/${id}`, as: 'admin' as const })),
];
/** AdminJS's own list and forms. */
const stockPages = consoleParts
  .flatMap(({ resources = [] }) => resources)
  .flatMap(({ id, allow }) => [
    `/admin/resources/${id}`,
    ...(allow.new ? [`/admin/resources/${id}/actions/new`] : []),
    ...(allow.edit ? [`/admin/resources/${id}/records/1/edit`] : []),
  ]);

const all = [...sitePages, ...consolePages];
/** So many pages are looked at in one test. */
const atOnce = 8;
const people = (
  [
    ['a visitor', undefined],
    ['a viewer', 'viewer'],
    ['a manager', 'manager'],
    ['an operator', 'admin'],
  ] as const
).flatMap(([name, person]) => {
  const own = all.filter((subject) => subject.as === person);
  return Array.from(
    { length: Math.ceil(own.length / atOnce) },
    (_, part) => [`${name} (${part + 1})`, person, own.slice(part * atOnce, (part + 1) * atOnce)] as const,
  );
});
const devices: readonly (readonly [string, BrowserContextOptions])[] = [
  ['a desk', { viewport: { width: 1280, height: 900 } }],
  ['a phone', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
];

/** WCAG 2.2 AA on every page, light and dark, on wide and narrow screens. */
export function accessibility(site: Suite): void {
  describe('accessible', () => {
    beforeAll(() => fillLists(site));
    describe.each(devices)('on %s', (_device, device) => {
      test.each(people)('to %s', (_name, as, subjects) => site.story({ ...device, as }, ({ page }) => nothingBroken(page, subjects))(), 120_000);
    });
    test(
      "what AdminJS's own pages leave open is counted",
      site.story({ as: 'admin' }, ({ page }) => countStock(page)),
      120_000,
    );
  });
}

async function nothingBroken(page: Page, subjects: readonly Subject[]): Promise<void> {
  const broken: object[] = [];
  for (const subject of subjects) {
    await show(page, subject);
    const wider = await overflow(page);
    if (wider > 0) broken.push({ page: subject.name, wider });
    for (const finding of await findings(page)) broken.push({ page: subject.name, ...finding });
  }
  expect(broken).toEqual([]);
}

async function countStock(page: Page): Promise<void> {
  const lines: string[] = [];
  for (const path of stockPages) {
    await show(page, { name: path, path });
    const counts = new Map<string, number>();
    for (const { rule } of await findings(page)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    lines.push(`  ${path}: ${[...counts].map(([rule, count]) => `${rule} ${count}`).join(', ') || 'none'}`);
  }
  process.stdout.write(`Findings of axe-core on AdminJS's own lists and forms:\n${lines.join('\n')}\n`);
  expect(lines).toHaveLength(stockPages.length);
}

async function show(page: Page, { path, prepare }: Subject): Promise<void> {
  await page.goto(path);
  // The console's pages ask for their data by script.
  if (path.startsWith('/admin')) await page.waitForLoadState('networkidle');
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await prepare?.(page);
}

/** How many pixels the page is wider than the window: nobody should have to scroll sideways. */
const overflow = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Something to show on the first viewer's lists. */
async function fillLists(site: Suite): Promise<void> {
  await site.ask(`insert into watchlist_item (account, film, added_at) select a.id, f.id, now() from account a, film f
    where a.handle = 'alex' and f.id between 10 and 12 on conflict do nothing`);
  await site.ask(`insert into dismissal (unit, film, at) select u.id, f.id, now() from account a join unit u on u.account = a.id, film f
    where a.handle = 'alex' and f.id between 13 and 14 on conflict do nothing`);
  await site.ask(`insert into rating (unit, film, stars, rated_at) select u.id, 2, 3.5, now() from account a join unit u on u.account = a.id
    where a.handle = 'alex' on conflict do nothing`);
  await site.ask(`insert into review (id, film, author, text, at) select 1, 4, id, 'Worth the whole night.', now() from account where handle = 'alex'
    on conflict do nothing`);
  await site.ask(`insert into diary_entry (unit, film, watched_on, noted_at) select u.id, 2, '2024-05-01', now()
    from account a join unit u on u.account = a.id where a.handle = 'alex' on conflict do nothing`);
  await site.ask(`with l as (insert into film_list (account, name, description, public, created_at, updated_at)
      select id, 'Rainy Sundays', 'Films that need a blanket.', true, now(), now() from account where handle = 'alex' returning id)
    insert into film_list_item (list, film, place, note, added_at) select l.id, f, f, '', now() from l, generate_series(2, 6) f`);
}
