import type { Page } from 'playwright-core';
import type { Suite } from './harness.ts';
import { focused, ownRating } from './steps.ts';

const stops = 60;

/** The keyboard alone: every stop can be seen, keys lead where the help says, the menu of phones opens and closes. */
export function keyboardStories(site: Suite): void {
  describe('by keyboard', () => {
    test.each(['/', '/film/1', '/search?q=kurosawa', '/ratings', '/watchlist', '/account', '/picks', '/people/alex/statistics'])(
      'what has the focus is seen on %s',
      (path) =>
        site.story({ as: 'viewer', reducedMotion: 'reduce' }, async ({ page }) => {
          await page.goto(path);
          expect(await unseenStops(page)).toEqual([]);
        })(),
      60_000,
    );

    test(
      'keys lead to the help, the search, a place, and the stars, which are chosen by halves',
      site.story({ as: 'viewer' }, async ({ page }) => {
        await page.goto('/film/40');
        await page.keyboard.press('?');
        await page.getByRole('heading', { level: 1, name: 'Keyboard' }).waitFor();
        await page.keyboard.press('/');
        expect(await page.evaluate(() => document.activeElement?.id)).toBe('site-search');
        await page.getByRole('heading', { level: 1 }).click();
        for (const key of ['g', 'b']) await page.keyboard.press(key);
        await page.getByRole('heading', { level: 1, name: 'Genres' }).waitFor();

        await page.goto('/film/40');
        for (const key of ['s', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key);
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: 'Remove my rating' }).waitFor();
        expect(await ownRating(page)).toBe('2.0');
        await page.getByRole('button', { name: 'Remove my rating' }).click();
      }),
    );

    describe.each([true, false])('on a phone, JavaScript %s', (javaScriptEnabled) => {
      test(
        'the menu opens, is gone through, and closes to where one was',
        site.story({ as: 'viewer', javaScriptEnabled, viewport: { width: 390, height: 844 } }, async ({ page }) => {
          await page.goto('/about');
          const menu = page.getByRole('navigation', { name: 'Main', exact: true });
          const button = page.getByRole('button', { name: 'Menu' });
          expect(await menu.isVisible()).toBe(false);
          await button.focus();
          await page.keyboard.press('Enter');
          await menu.waitFor();
          await page.keyboard.press('Tab');
          expect(await focused(page)).toBe('Home');
          await page.keyboard.press('Escape');
          await menu.waitFor({ state: 'hidden' });
          expect(await focused(page)).toBe('Menu');
          await page.keyboard.press('Enter');
          await menu.getByRole('link', { name: 'Watchlist' }).press('Enter');
          await page.getByRole('heading', { level: 1, name: 'Watchlist' }).waitFor();
        }),
      );
    });

    test(
      'who wants less motion gets none',
      site.story({ as: 'viewer', reducedMotion: 'reduce' }, async ({ page }) => {
        await page.goto('/');
        const moving = await page.evaluate(
          () =>
            [document.documentElement, ...document.querySelectorAll('body *')].filter((element) => {
              const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
              return transitionDuration.split(', ').some((time) => time !== '0s') || animationName !== 'none' || scrollBehavior === 'smooth';
            }).length,
        );
        expect(moving).toBe(0);
      }),
    );
  });
}

/** Goes through the page by Tab. @returns the stops at which nothing shows where one is, or that lie outside the window */
async function unseenStops(page: Page): Promise<string[]> {
  const unseen: string[] = [];
  for (let stop = 0; stop < stops; stop++) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return 'end';
      // A card shows its focus around the poster, half stars around all ten.
      const marks = [element, element.closest('.stars'), element.querySelector(':scope > .poster')].filter((one) => one !== null);
      const marked = marks.some((one) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
      });
      const { width, height, left, right } = element.getBoundingClientRect();
      const inside = width > 0 && height > 0 && right > 0 && left < innerWidth;
      return marked && inside ? 'seen' : element.outerHTML.slice(0, 160);
    });
    if (found === 'end') break;
    if (found !== 'seen') unseen.push(found);
  }
  return unseen;
}
