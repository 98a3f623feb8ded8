import type { Locator, Page } from 'playwright-core';
import type { Suite } from './harness.ts';

/** What viewers do, told twice: nothing may need a script. */
export function viewersStories(site: Suite): void {
  describe.each([
    ['with JavaScript', true],
    ['without JavaScript', false],
  ] as const)('a viewer %s', (_mode, javaScriptEnabled) => {
    const story = (tell: Parameters<Suite['story']>[1]) => site.story({ javaScriptEnabled }, tell);
    const suffix = javaScriptEnabled ? 'js' : 'plain';

    test(
      'rates before signing up, and keeps taste, history and unit',
      story(async ({ page }) => {
        await page.goto('/');
        expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(expect.arrayContaining(['Popular right now', 'Trending']));
        const title = await openFirst(page, 'Popular right now');
        await rate(page, 'Four and a half stars', javaScriptEnabled);

        await page.goto('/');
        await rowOf(page, `Because you liked ${title}`).waitFor();
        expect(await rowOf(page, 'For you').getByRole('link', { name: title, exact: true }).count()).toBe(0);
        const visitor = await whoRated(site, title);

        await page.getByRole('link', { name: 'Sign up' }).click();
        await signUp(page, suffix);
        await rowOf(page, `Because you liked ${title}`).waitFor();
        await page.getByRole('link', { name: 'My ratings' }).click();
        expect(await page.getByRole('main').getByRole('listitem').allInnerTexts()).toEqual([
          expect.stringMatching(new RegExp(`${escaped(title)}[^]*4\\.5`)),
        ]);
        expect(await whoRated(site, title)).toEqual({ unit: visitor?.unit, handle: `newcomer_${suffix}` });
      }),
    );

    test(
      'rates, changes the rating and takes it back',
      story(async ({ page }) => {
        await site.signIn(page, 'viewer');
        await openFirst(page, 'Trending');
        await rate(page, 'Two stars', javaScriptEnabled);
        expect(await ownRating(page)).toBe('2.0');
        await rate(page, 'Three and a half stars', javaScriptEnabled);
        expect(await ownRating(page)).toBe('3.5');
        await page.getByRole('button', { name: 'Remove my rating' }).click();
        await page.getByRole('button', { name: 'Remove my rating' }).waitFor({ state: 'detached' });
        expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
      }),
    );

    test(
      'puts a film on the watchlist and takes it off',
      story(async ({ page }) => {
        await site.signIn(page, 'viewer');
        const title = await openFirst(page, 'Trending');
        await page.getByRole('button', { name: 'Add to watchlist' }).first().click();
        await page.getByRole('button', { name: 'On my watchlist', pressed: true }).waitFor();
        await page.getByRole('link', { name: 'Watchlist' }).click();
        await card(page, title).waitFor();
        await card(page, title).hover();
        await card(page, title).getByRole('button', { name: 'Remove from watchlist' }).click();
        await card(page, title).getByRole('button', { name: 'Remove from watchlist' }).waitFor({ state: 'detached' });
        await page.goto('/watchlist');
        expect(await card(page, title).count()).toBe(0);
      }),
    );

    test(
      'is not shown again what is of no interest, until taken back',
      story(async ({ page }) => {
        await site.signIn(page, 'viewer');
        const first = rowOf(page, 'For you').getByRole('listitem').first();
        const title = await first.locator('.card-title').innerText();
        await first.hover();
        await first.getByRole('button', { name: 'Not interested' }).click();
        if (javaScriptEnabled) await first.getByRole('button', { name: 'Show me this again', pressed: true }).waitFor();
        await page.goto('/');
        expect(await card(page, title).count()).toBe(0);
        await page.goto('/ratings/dismissed');
        await page.getByRole('button', { name: `Show again: ${title}` }).click();
        await page.getByRole('button', { name: `Show again: ${title}` }).waitFor({ state: 'detached' });
        await page.goto('/');
        expect(await card(page, title).count()).toBe(1);
      }),
    );

    test(
      'finds a film in spite of a typing mistake',
      story(async ({ page }) => {
        await page.goto('/');
        await page.getByLabel('Search films and people').fill('casablnca');
        await page.keyboard.press('Enter');
        await card(page, 'Casablanca').getByRole('link').click();
        await page.getByRole('heading', { level: 1, name: 'Casablanca' }).waitFor();
        await page.getByRole('link', { name: 'Humphrey Bogart' }).click();
        await card(page, 'The Maltese Falcon').waitFor();
      }),
    );

    test(
      'browses a genre by order and page',
      story(async ({ page }) => {
        await page.goto('/genres');
        await page
          .getByRole('main')
          .getByRole('link', { name: /^Drama/ })
          .click();
        await page.getByRole('link', { name: 'A to Z' }).click();
        await page.locator('[aria-current="page"]', { hasText: 'A to Z' }).waitFor();
        const first = await titles(page);
        await page.getByRole('link', { name: 'Next' }).click();
        await page.getByText(/^Page 2 of/).waitFor();
        const second = await titles(page);
        expect(first.filter((title) => second.includes(title))).toEqual([]);
        expect([...first, ...second]).toEqual([...first, ...second].sort(byTitle));
        await page.getByRole('link', { name: 'Newest' }).click();
        await page.getByText(/^Page 1 of/).waitFor();
        const years = (await page.locator('.card-year').allTextContents()).map(Number);
        expect(years).toEqual(years.toSorted((a, b) => b - a));
      }),
    );

    test(
      'follows somebody, reads the feed, and signs out',
      story(async ({ page }) => {
        await page.goto('/sign-up');
        await signUp(page, `${suffix}_2`);
        await page.getByRole('link', { name: 'People' }).click();
        await page.getByLabel('Name or handle').fill('alex');
        await page.getByRole('button', { name: 'Search people' }).click();
        await page.getByRole('link', { name: 'Alex Lindgren' }).click();
        await page.getByRole('button', { name: 'Follow' }).click();
        await page.getByRole('button', { name: 'Unfollow' }).waitFor();
        await page.getByRole('link', { name: 'Feed', exact: true }).click();
        await page.getByRole('main').getByRole('listitem').first().getByText('Alex Lindgren').waitFor();
        await page.getByRole('button', { name: 'Sign out' }).click();
        await page.getByRole('link', { name: 'Sign in' }).waitFor();
        await page.goto('/feed');
        expect(new URL(page.url()).pathname).toBe('/sign-in');
      }),
    );

    test(
      'rates with the keyboard alone',
      story(async ({ page }) => {
        await page.goto('/');
        await page.keyboard.press('Tab');
        expect(await focused(page)).toBe('Skip to content');
        await page.keyboard.press('Enter');
        await tabTo(page, page.locator('.card-link').first());
        await page.keyboard.press('Enter');
        await page.getByRole('group', { name: 'Your rating' }).waitFor();
        await tabTo(page, page.getByRole('radio').first());
        for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: 'Remove my rating' }).waitFor();
        expect(await ownRating(page)).toBe('2.0');
      }),
    );
  });
}

const rowOf = (page: Page, heading: string): Locator => page.getByRole('region', { name: heading, exact: true });
const card = (page: Page, title: string): Locator =>
  page.locator('.card').filter({ has: page.locator('.card-title').getByText(title, { exact: true }) });
const titles = (page: Page): Promise<string[]> => page.locator('.grid .card-title').allTextContents();
const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** As the site sorts: without a leading article, and by the rules of Unicode. */
const byTitle = (a: string, b: string): number => a.localeCompare(b, 'en');

/** Opens the first film of a row and gives its title. */
async function openFirst(page: Page, heading: string): Promise<string> {
  const link = rowOf(page, heading).locator('.card-link').first();
  const title = await link.locator('.card-title').innerText();
  await link.click();
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  return title;
}

/** With a script the click on a star is enough; without one a button sends it. */
async function rate(page: Page, stars: string, script: boolean): Promise<void> {
  const before = await page.getByRole('radio', { checked: true }).count();
  await page
    .locator('.stars label')
    .filter({ has: page.getByText(stars, { exact: true }) })
    .click();
  if (!script) await page.getByRole('button', { name: before > 0 ? 'Change my rating' : 'Rate' }).click();
  await page.getByRole('radio', { name: stars, exact: true, checked: true }).waitFor();
  await page.getByRole('button', { name: 'Remove my rating' }).waitFor();
}

const ownRating = (page: Page): Promise<string> =>
  page
    .locator('form', { has: page.getByRole('button', { name: 'Remove my rating' }) })
    .locator('.rating')
    .innerText()
    .then((text) => text.trim());

async function signUp(page: Page, suffix: string): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill('A Newcomer');
  await page.getByLabel('Handle').fill(`newcomer_${suffix}`);
  await page.getByLabel('E-mail address').fill(`newcomer_${suffix}@example.org`);
  await page.getByLabel('Password').fill('three blind mice run');
  await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error('Forty presses of Tab did not lead there.');
}

/** The unit that rated the film last, and the handle of its account. */
const whoRated = async (site: Suite, title: string): Promise<{ unit: number; handle: string | null } | undefined> =>
  (
    await site.ask<{ unit: number; handle: string | null }>(
      `select r.unit, a.handle
    from rating r join film f on f.id = r.film join unit u on u.id = r.unit left join account a on a.id = u.account
    where f.title = $1 order by r.rated_at desc limit 1`,
      [title],
    )
  )[0];
