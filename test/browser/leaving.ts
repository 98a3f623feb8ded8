import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { unzip } from '../harness/unzip.ts';
import { signIn } from './steps.ts';

/** As Letterboxd writes it: two films that are here, one with a year that is off by one, one that nobody has. */
const file = {
  name: 'ratings.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from('Date,Name,Year,Rating\n2024-01-31,Alien,1979,4.5\n2024-02-01,Arrival,2017,4\n2024-02-02,Nowhere to Be Found,1990,5\n'),
};
/** A spreadsheet would calculate it. */
const formula = '=1+2 is what it adds up to.';

/** Films come from another site, are looked at before, and come once however often they are sent. */
export async function bringFilms(page: Page): Promise<void> {
  for (const expected of ['2', '0']) {
    await page.goto('/account/import');
    await page.getByLabel('File', { exact: true }).setInputFiles(file);
    await page.getByRole('button', { name: 'Read the file' }).click();
    await page.getByRole('heading', { name: '1 film recognised' }).waitFor();
    await page.getByRole('heading', { name: '1 film to look at' }).waitFor();
    await page.getByRole('row').filter({ hasText: 'Nowhere to Be Found' }).getByText('There is no film of this title and year here.').waitFor();
    await page.getByRole('button', { name: 'Take these films' }).click();
    await taken(page);
    await page.getByText(`Ratings: ${expected}`, { exact: true }).waitFor();
  }
  await page.goto('/ratings');
  const rated = (await page.getByRole('main').getByRole('listitem').allInnerTexts()).filter((text) => /Alien|Arrival/.test(text));
  expect(rated).toHaveLength(2);
}

/** A script looks again by itself; without one the link does. */
async function taken(page: Page): Promise<void> {
  const done = page.getByText('Your films are here.'),
    look = page.getByRole('link', { name: 'Look how far it is' });
  for (;;) {
    await done.or(look).first().waitFor();
    if (await done.isVisible()) return;
    // The page may have looked by itself, and be another one by now.
    await look.click({ timeout: 2_000 }).catch(() => undefined);
  }
}

/** All that is kept of somebody, in two forms, of which neither calculates anything. */
export async function takeAlong(page: Page, handle: string, film: number): Promise<void> {
  await page.goto(`/film/${film}/review`);
  await page.getByLabel('Your review').fill(formula);
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('heading', { name: '0 comments' }).waitFor();

  await page.goto('/account/data');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
  const files = await unzip(readFileSync(await download.path()));
  const ratings = JSON.parse(files.get('json/ratings.json')!) as { title: string; stars: number }[];
  expect(ratings).toEqual(expect.arrayContaining([expect.objectContaining({ title: 'Alien', stars: 4.5 })]));
  const reviews = parse(files.get('csv/reviews.csv')!, { columns: true, bom: true }) as Record<string, string>[];
  expect(reviews.map(({ text }) => text)).toEqual(expect.arrayContaining([`'${formula}`]));
  expect(files.get('json/account.json')).toContain(handle);
}

/** Gone for good, and what was written stays without a name, for everybody. */
export async function leave(page: Page, other: Page, handle: string, film: number): Promise<void> {
  await page.goto('/account/data');
  await page.getByLabel('Leave them, without my name').check();
  await page.getByLabel('Current password').fill('three blind mice run');
  await page.getByLabel('Yes, delete my account for good').check();
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await page.getByRole('heading', { name: 'Your account is deleted' }).waitFor();
  await page.goto('/sign-in');
  await signIn(page, `${handle}@example.org`);
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('button', { name: 'Sign out' }).count()).toBe(0);

  await other.goto(`/film/${film}/reviews`);
  const review = other.getByRole('listitem').filter({ hasText: formula });
  await review.waitFor();
  expect(await review.innerText()).not.toContain('ann');
  await other.goto(`/people/${handle}`);
  await other.getByText('There is no such person.').waitFor();
}
