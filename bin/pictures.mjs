// npm run pictures: takes the pictures of the guide for viewers from the site that runs here (PORT, DATA_DIR), freshly started,
// once its people have written something to show.
import './lib/node-version.mjs';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { liven, pathOf } from './lib/liven.mjs';
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

const sizes = { 390: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }, 1440: { viewport: { width: 1440, height: 900 } } };
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
mkdirSync(folder, { recursive: true });
try {
  await step('Write what the pictures show', () => liven({ visit, signIn: async (who) => signIn(await visit(), who) }).then(() => 0));
  const viewer = await signIn(await visit(), 'viewer');
  const pages = { home: '/', film: await pathOf(viewer, 'Arrival'), profile: '/people/alex', feed: '/feed' };
  await step('Take the pictures', async () => takeAll(await viewer.context().storageState(), pages).then(() => 0));
} finally {
  await browser.close();
}

/** A page of nobody's, in a window of its own. */
async function visit() {
  const context = await browser.newContext({ baseURL, locale: 'en', javaScriptEnabled: false });
  return context.newPage();
}

async function signIn(page, who) {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(`${who}@marquee.local`);
  await page.getByLabel('Password').fill(JSON.parse(readFileSync(secretsFile, 'utf8'))[who]);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  return page;
}

async function takeAll(storageState, pages) {
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
