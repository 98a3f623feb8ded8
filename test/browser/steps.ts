import type { Locator, Page } from 'playwright-core';

export const rowOf = (page: Page, heading: string): Locator => page.getByRole('region', { name: heading, exact: true });
export const card = (page: Page, title: string): Locator =>
  page.locator('.card').filter({ has: page.locator('.card-title').getByText(title, { exact: true }) });
export const titles = (page: Page): Promise<string[]> => page.locator('.grid .card-title').allTextContents();
export const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

/** Opens the first film of a row and gives its title. */
export async function openFirst(page: Page, heading: string): Promise<string> {
  const link = rowOf(page, heading).locator('.card-link').first();
  const title = await link.locator('.card-title').innerText();
  await link.click();
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  return title;
}

/** With a script the click on a star is enough; without one a button sends it. */
export async function rate(page: Page, stars: string, script: boolean): Promise<void> {
  const again = (await page.getByRole('radio', { checked: true }).count()) > 0;
  await page
    .locator('.stars label')
    .filter({ has: page.getByText(stars, { exact: true }) })
    .click();
  if (!script) await page.getByRole('button', { name: again ? 'Change my rating' : 'Rate', exact: true }).click();
  // Only the page that comes back has the star checked in its HTML.
  await page.locator(`.stars input[checked] + label`, { hasText: stars }).waitFor();
}

export async function ownRating(page: Page): Promise<string> {
  const form = page.locator('form', { has: page.getByRole('button', { name: 'Remove my rating' }) });
  return (await form.locator('.rating').innerText()).trim();
}

const password = 'three blind mice run';

/** Fills in and sends the form that the page shows. */
export async function signUp(page: Page, handle: string, name = 'A Newcomer'): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Handle').fill(handle);
  await page.getByLabel('E-mail address').fill(`${handle}@example.org`);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** Presses Tab until the focus is there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error('Forty presses of Tab did not lead there.');
}

/** Fills in and sends the sign-in form that the page shows; by default with what somebody signed up with here. */
export async function signIn(page: Page, email: string, secret = password): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
}
