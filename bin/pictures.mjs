// npm run pictures: takes the pictures of the guide for viewers from the site that runs here (PORT, DATA_DIR), freshly started,
// once its people have written something to show.
import './lib/node-version.mjs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { liven, pathOf } from './lib/liven.mjs';
import { baseURL, browser, signedIn, signIn } from './lib/photographer.mjs';
import { step } from './lib/steps.mjs';

const folder = fileURLToPath(new URL('../docs/images/viewers', import.meta.url));
const sizes = { 390: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }, 1440: { viewport: { width: 1440, height: 900 } } };
mkdirSync(folder, { recursive: true });
try {
  await step('Write what the pictures show', () => liven({ visit, signIn: async (who) => signIn(await visit(), who) }).then(() => 0));
  const viewer = await signedIn('viewer', { javaScriptEnabled: false });
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
