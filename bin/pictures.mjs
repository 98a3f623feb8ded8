// npm run pictures: takes the pictures of the guide for viewers from the site that runs here (PORT, DATA_DIR), freshly started.
import './lib/node-version.mjs';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { fail, step } from './lib/steps.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)),
  folder = join(root, 'docs/images/viewers'),
  baseURL = `http://127.0.0.1:${process.env.PORT ?? 3000}`,
  secretsFile = join(process.env.DATA_DIR ?? join(root, 'var'), 'secrets.json');
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);
if (!executablePath) fail('There is no Chromium. Install it, or set CHROMIUM to the path of one.');
if (!existsSync(secretsFile)) fail(`There is no ${secretsFile}: run npm start first, and set DATA_DIR and PORT to its own.`);

const sizes = { 390: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }, 1440: { viewport: { width: 1440, height: 900 } } },
  film = 'Arrival';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
mkdirSync(folder, { recursive: true });
try {
  const viewer = await signedIn('viewer'),
    path = await filmPath(viewer);
  await step('Write what the pictures show', () => enliven(viewer, path).then(() => 0));
  const pages = { home: '/', film: path, profile: await ownProfile(viewer), feed: '/feed' };
  await step('Take the pictures', () => takeAll(viewer, pages).then(() => 0));
} finally {
  await browser.close();
}

async function signedIn(who) {
  const context = await browser.newContext({ baseURL, locale: 'en' }),
    page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(`${who}@marquee.local`);
  await page.getByLabel('Password').fill(JSON.parse(readFileSync(secretsFile, 'utf8'))[who]);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  return page;
}

async function filmPath(page) {
  await page.goto(`/search?q=${film}`);
  return new URL(
    await page
      .locator('.card-link', { hasText: film })
      .first()
      .evaluate(({ href }) => fetch(href).then(({ url }) => url)),
  ).pathname;
}

async function ownProfile(page) {
  await page.goto('/account');
  return page.getByRole('link', { name: 'See my profile' }).getAttribute('href');
}

/** The two people of a fresh site follow each other, one reviews a film and recommends it to the other. */
async function enliven(viewer, path) {
  const friend = await signedIn('manager');
  for (const [page, other] of [
    [viewer, friend],
    [friend, viewer],
  ]) {
    await page.goto(await ownProfile(other));
    const follow = page.getByRole('button', { name: 'Follow', exact: true });
    if (await follow.count()) await follow.click();
  }
  await review(friend, path, 'It asks what a language does to whoever learns it, and answers with a film that has to be seen twice.');
  await review(viewer, path, 'Quiet, patient, and then it breaks your heart in the last ten minutes.');
  await friend.goto(`${path}/share`);
  await friend.getByLabel('To whom?').fill((await ownProfile(viewer)).split('/').at(-1));
  await friend.getByLabel('A few words').fill('The one I told you about.');
  await friend.getByRole('button', { name: 'Send' }).click();
  await friend.context().close();
}

async function review(page, path, text) {
  await page.goto(`${path}/review`);
  await page.getByLabel('Your review').fill(text);
  await page.getByRole('button', { name: /Publish|Save/ }).click();
  await page.waitForURL(/\/review\/\d+/);
}

async function takeAll(viewer, pages) {
  const storageState = await viewer.context().storageState();
  for (const [width, options] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({ baseURL, storageState, colorScheme, ...options }),
        page = await context.newPage();
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(path, { waitUntil: 'networkidle' });
        await sharp(await page.screenshot())
          .webp({ quality: 82 })
          .toFile(join(folder, `${name}-${width}-${colorScheme}.webp`));
      }
      await context.close();
    }
  }
}
