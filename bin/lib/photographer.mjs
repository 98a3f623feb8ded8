import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { fail } from './steps.mjs';

/** The site that runs here, by PORT and DATA_DIR, and a browser to take its pictures with. */
export const baseURL = `http://127.0.0.1:${process.env.PORT ?? 3000}`;
const secretsFile = join(process.env.DATA_DIR ?? fileURLToPath(new URL('../../var', import.meta.url)), 'secrets.json');
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);
if (!executablePath) fail('There is no Chromium. Install it, or set CHROMIUM to the path of one.');
if (!existsSync(secretsFile)) fail(`There is no ${secretsFile}: run npm start first, and set DATA_DIR and PORT to its own.`);

export const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

/** A page of somebody who is signed in: "viewer", "manager" or "admin". */
export async function signedIn(who, options = {}) {
  const context = await browser.newContext({ baseURL, locale: 'en', ...options });
  return signIn(await context.newPage(), who);
}

/** @returns the page, which is theirs now */
export async function signIn(page, who) {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(`${who}@marquee.local`);
  await page.getByLabel('Password').fill(JSON.parse(readFileSync(secretsFile, 'utf8'))[who]);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  return page;
}
