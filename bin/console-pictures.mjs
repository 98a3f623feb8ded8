// npm run pictures:console: takes the pictures of the guide for product managers from the site that runs here (PORT, DATA_DIR), freshly
// started: it tries out one experiment of each kind with simulated viewers. Again later, it takes the pictures of what is there.
import './lib/node-version.mjs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { designs, tryOut } from './lib/experiments.mjs';
import { browser, signedIn } from './lib/photographer.mjs';
import { step } from './lib/steps.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)),
  folder = join(root, 'docs/images');
/** pages scroll within a frame: a picture shows what fits */
const size = { width: 1280, height: 1240 };

try {
  const page = await signedIn('manager', { viewport: size, colorScheme: 'light' });
  const { ids, fresh } = await tryOut(page);
  if (fresh) {
    await step(
      'Simulate viewers',
      async () =>
        spawnSync(process.execPath, ['bin/run.mjs', 'config/simulate', '--viewers', '600', '--days', '7'], { cwd: root, stdio: 'inherit' }).status,
    );
  }
  await step('Take the pictures', () => takeAll(page, ids).then(() => 0));
} finally {
  await browser.close();
}

async function takeAll(page, ids) {
  const open = async (id) => {
    await page.goto(`/admin/pages/experiments?id=${id}`, { waitUntil: 'load' });
    await page.getByRole('region', { name: 'What is tested' }).waitFor();
    await page
      .getByText(/^Loading/)
      .first()
      .waitFor({ state: 'detached' });
    await page.waitForTimeout(500); // charts are drawn by a script that tells nobody when it is done
  };
  await open(ids['ab']);
  await save(await page.screenshot(), 'experiment');
  await open(ids['three']);
  await save(await page.getByRole('region', { name: 'Effects', exact: true }).screenshot(), 'experiment-effects');
  for (const kind of ['interleaving', 'bandit']) {
    await open(ids[kind]);
    await save(await page.screenshot(), `experiment-${kind}`);
  }
  await page.goto('/admin/pages/experiments?new');
  await page.getByLabel('Name', { exact: true }).fill(designs.ab.name);
  for (const next of ['Arms', 'Audience', 'Measurement']) await page.getByRole('button', { name: `Next: ${next}` }).click();
  await page.getByRole('button', { name: 'Add a guardrail' }).click();
  await page.getByText('would take part').waitFor({ state: 'detached' });
  await page.waitForTimeout(1000); // the plan follows what is typed after a moment
  await save(await page.screenshot(), 'experiment-measurement');
  await blend(page);
}

async function blend(page) {
  await page.goto('/admin/pages/blend');
  await page.locator('.mq-film').first().waitFor();
  await page.waitForLoadState('networkidle');
  await save(await page.screenshot(), 'blend');
}

function save(picture, name) {
  return sharp(picture)
    .png({ palette: true, quality: 90 })
    .toFile(join(folder, `${name}.png`));
}
