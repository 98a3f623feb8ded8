import type { Page } from 'playwright-core';
import type { Person, Suite, Tell } from './harness.ts';
import { card, focused, openFirst, ownRating, rate, rowOf, signUp, tabTo, titles } from './steps.ts';

/** What viewers do, told twice: nothing may need a script. */
export function viewersStories(site: Suite): void {
  describe.each([
    ['with JavaScript', true],
    ['without JavaScript', false],
  ] as const)('a viewer %s', (_mode, javaScriptEnabled) => {
    const story = (title: string, tell: Tell, as?: Person): void => test(title, site.story({ javaScriptEnabled, as }, tell));
    const suffix = javaScriptEnabled ? 'js' : 'plain';

    story('rates before signing up, and keeps taste, history and unit', async ({ page }) => {
      await page.goto('/');
      expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(expect.arrayContaining(['Popular right now', 'Trending']));
      const title = await openFirst(page, 'Popular right now');
      await rate(page, 'Four and a half stars', javaScriptEnabled);

      await page.goto('/');
      await rowOf(page, `Because you liked ${title}`).waitFor();
      expect(await card(page, title).count()).toBe(0);
      const visitor = await whoRated(site, title);

      await page.getByRole('link', { name: 'Sign up' }).click();
      await signUp(page, `newcomer_${suffix}`);
      await rowOf(page, `Because you liked ${title}`).waitFor();
      await page.getByRole('link', { name: 'My films' }).click();
      const ratings = await page.getByRole('main').getByRole('listitem').allInnerTexts();
      expect(ratings).toEqual([expect.stringContaining(title)]);
      expect(ratings).toEqual([expect.stringContaining('4.5')]);
      expect(await whoRated(site, title)).toEqual({ unit: visitor?.unit, handle: `newcomer_${suffix}` });
    });

    story(
      'rates, changes the rating and takes it back',
      async ({ page }) => {
        await page.goto('/');
        await openFirst(page, 'Trending');
        await rate(page, 'Two stars', javaScriptEnabled);
        expect(await ownRating(page)).toBe('2.0');
        await rate(page, 'Three and a half stars', javaScriptEnabled);
        expect(await ownRating(page)).toBe('3.5');
        await page.getByRole('button', { name: 'Remove my rating' }).click();
        await page.getByRole('button', { name: 'Remove my rating' }).waitFor({ state: 'detached' });
        expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
      },
      'viewer',
    );

    story(
      'puts a film on the watchlist and takes it off',
      async ({ page }) => {
        await page.goto('/');
        const title = await openFirst(page, 'Trending');
        await page.getByRole('button', { name: 'Add to watchlist' }).first().click();
        await page.getByRole('button', { name: 'On my watchlist', pressed: true }).waitFor();
        await page.getByRole('link', { name: 'Watchlist' }).click();
        await page.getByRole('button', { name: `Remove ${title}`, exact: true }).click();
        await page.getByRole('button', { name: `Remove ${title}`, exact: true }).waitFor({ state: 'detached' });
      },
      'viewer',
    );

    story(
      'is not shown again what is of no interest, until taken back',
      async ({ page }) => {
        await page.goto('/');
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
      },
      'viewer',
    );

    story('finds a film in spite of a typing mistake', async ({ page }) => {
      await page.goto('/');
      await page.getByLabel('Search films and people').fill('casablnca');
      await page.keyboard.press('Enter');
      await card(page, 'Casablanca').getByRole('link').click();
      await page.getByRole('heading', { level: 1, name: 'Casablanca' }).waitFor();
      await page.getByRole('link', { name: 'Humphrey Bogart' }).click();
      await card(page, 'The Maltese Falcon').waitFor();
    });

    story('browses a genre by order and page', async ({ page }) => {
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
      const both = [...first, ...(await titles(page))];
      expect(new Set(both).size).toBe(both.length);
      expect(both).toEqual(both.toSorted((a, b) => a.localeCompare(b, 'en')));
      await page.getByRole('link', { name: 'Newest' }).click();
      await page.getByText(/^Page 1 of/).waitFor();
      const years = (await page.locator('.card-year').allTextContents()).map(Number);
      expect(years).toEqual(years.toSorted((a, b) => b - a));
    });

    story('follows somebody, reads the feed, and signs out', async ({ page }) => {
      await page.goto('/sign-up');
      await signUp(page, `newcomer_${suffix}_2`);
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
    });

    story(
      'undoes a rating, and finds more rows without a film that stood above',
      async ({ page }) => {
        await page.goto('/film/30');
        await rate(page, 'Two stars', javaScriptEnabled);
        await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
        await page.getByRole('status').getByText('is gone').waitFor();
        expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
        await page.goto('/');
        const before = await page.locator('.row').count(),
          above = await posters(page);
        const more = page.getByRole('link', { name: 'More rows' });
        if (javaScriptEnabled) {
          await more.scrollIntoViewIfNeeded();
          await page.locator('.row').nth(before).waitFor();
        } else {
          await more.click();
          await page.getByRole('heading', { level: 1, name: 'More films for you' }).waitFor();
        }
        const all = javaScriptEnabled ? await posters(page) : [...above, ...(await posters(page))];
        expect(all.length).toBeGreaterThan(above.length);
        expect(new Set(all).size).toBe(all.length);
      },
      'viewer',
    );

    story(
      'notes a film in the diary and makes a list of two',
      async ({ page }) => {
        await page.goto('/film/31');
        const title = await page.getByRole('heading', { level: 1 }).innerText();
        await page.getByText('Add to my diary').click();
        await page.getByLabel('Watched on').fill('2024-05-17');
        await page.getByRole('button', { name: 'Add', exact: true }).click();
        await page.goto('/diary');
        await page.getByRole('heading', { name: 'May 2024' }).waitFor();
        await page.getByRole('button', { name: `Remove ${title} from the diary` }).click();
        await page.getByRole('button', { name: `Remove ${title} from the diary` }).waitFor({ state: 'detached' });

        await page.goto('/film/31');
        await page.locator('summary', { hasText: /Add to a list|On \d+ of my lists/ }).click();
        await page.getByRole('link', { name: 'New list with this film' }).click();
        await page.getByLabel('Name').fill(`Two of a kind ${suffix}`);
        await page.getByRole('button', { name: 'Make the list' }).click();
        await page.getByRole('link', { name: 'Edit' }).click();
        await page.getByLabel('Add a film').fill('casablanca');
        await page.getByRole('main').getByRole('button', { name: 'Search' }).click();
        await page.getByRole('button', { name: 'Add Casablanca' }).click();
        await page.getByRole('button', { name: 'Move Casablanca up' }).click();
        await page.getByRole('link', { name: 'Done' }).click();
        await page.getByRole('heading', { level: 1, name: `Two of a kind ${suffix}` }).waitFor();
        expect(await titles(page)).toEqual(['Casablanca', title]);
      },
      'viewer',
    );

    story('rates with the keyboard alone', async ({ page }) => {
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
    });
  });

  test(
    'suggestions are chosen with the arrow keys, and Escape closes them',
    site.story({}, async ({ page }) => {
      await page.goto('/about');
      const input = page.getByRole('combobox', { name: 'Search films and people' });
      await input.pressSequentially('casabl');
      await page.getByRole('option', { name: /Casablanca/ }).waitFor();
      await page.keyboard.press('Escape');
      expect([await page.getByRole('option').count(), await input.getAttribute('aria-expanded')]).toEqual([0, 'false']);
      await input.pressSequentially('a');
      await page.getByRole('option', { name: /Casablanca/ }).waitFor();
      await page.keyboard.press('ArrowDown');
      expect(await page.getByRole('option', { selected: true }).innerText()).toContain('Casablanca');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Casablanca' }).waitFor();
    }),
  );
}

/** Which films stand on the page, once for each place. */
const posters = (page: Page): Promise<string[]> =>
  page.locator('.row .poster').evaluateAll((images) => images.map((image) => /\d+/.exec((image as HTMLImageElement).src.split('/poster/')[1]!)![0]));

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
