import type { Page } from 'playwright-core';
import { BuiltProcess } from '../site/process.ts';
import { findings } from './axe.ts';
import type { Suite } from './harness.ts';

/** Experiments of each kind as a manager meets them, with simulated viewers; the A/B test is in the manager's story. */
export function kindsOfExperiments(site: Suite): void {
  const story = (tell: (page: Page) => Promise<void>) => site.story({ as: 'manager' }, ({ page }) => tell(page));
  test(
    'a manager divides viewers into a layer',
    story(async (page) => {
      await page.goto('/admin/pages/experiments');
      await page.getByRole('button', { name: 'Add a layer' }).click();
      await page.getByRole('button', { name: 'Create the layer' }).click();
      await page.getByText('Give the layer a name.').waitFor();
      await page.getByLabel('Name of the layer').fill('Ordering');
      await page.getByRole('button', { name: 'Create the layer' }).click();
      const layer = page.getByRole('region', { name: 'Layer Ordering', exact: true });
      await layer.getByRole('button', { name: 'Hold viewers out of Ordering' }).click();
      await page.getByRole('button', { name: 'Begin to hold out' }).click();
      await layer.getByText(/5 % of the viewers of Ordering are in no experiment/).waitFor();
      await accessible(page);
      await layer.getByRole('button', { name: 'End the holdout' }).click();
      await layer.getByLabel('Why does it end?').fill('A trial.');
      await layer.getByRole('button', { name: 'End it' }).click();
      await layer.getByRole('button', { name: 'Hold viewers out of Ordering' }).waitFor();
    }),
    60_000,
  );
  test(
    'a manager compares three arms, corrected by Holm',
    story(async (page) => {
      await begin(page, 'Two degrees of variety');
      await page.getByRole('button', { name: 'Add an arm' }).click();
      await vary(page, 'Arm B', '0.5');
      await vary(page, 'Arm C', '0.9');
      await toMeasurement(page);
      await page.getByText('The exact method').click();
      await page.getByLabel('Correction for many questions').selectOption('holm');
      await accessible(page);
      await launch(page, 'Two degrees of variety');
      await send(site);
      await page.reload();
      const effects = page.getByRole('region', { name: 'Effects', exact: true });
      await effects.getByRole('row').filter({ hasText: 'decides' }).nth(1).waitFor();
      await effects.getByText('The exact method').click();
      await effects.getByText('Corrected for many questions by Holm.').waitFor();
      await changeIt(page);
      await keep(page);
    }),
    90_000,
  );
  test('a manager loses no word to others, nor to the end of a session', story(keepsWords), 60_000);
  test(
    'a manager interleaves two arms',
    story(async (page) => {
      await begin(page, 'Variety in one list');
      await page.getByLabel('Kind of experiment').selectOption('interleaving');
      await vary(page, 'Arm B', '0.8');
      await toMeasurement(page);
      await launch(page, 'Variety in one list');
      await send(site);
      await page.reload();
      const preference = page.getByRole('region', { name: 'What viewers prefer', exact: true });
      const clicks = preference.getByRole('row').filter({ hasText: 'Clicks' });
      await clicks.waitFor();
      const [viewers, ...wins] = (await clicks.getByRole('cell').allInnerTexts()).slice(0, 4).map(Number);
      const [shownTo] = await site.ask<{ n: number }>(`select count(distinct unit)::integer as n from list_assignment where arm = 'interleaved'`);
      expect(viewers).toBe(shownTo!.n);
      expect(wins.reduce((sum, n) => sum + n, 0)).toBe(viewers);
      expect(wins[0]! + wins[1]!).toBeGreaterThan(0);
      await site.ask(`update experiment set status = 'stopped', stopped_at = now() where status = 'running' and kind = 'interleaving'`);
      await page.reload();
      await page.getByText('Ended, waits for your decision').waitFor();
      await accessible(page);
      await decideToKeep(page, 'Decide');
    }),
    90_000,
  );
  test(
    'a manager lets a bandit share viewers out',
    story(async (page) => {
      await begin(page, 'The best variety');
      await page.getByLabel('Kind of experiment').selectOption('bandit');
      await vary(page, 'Arm B', '0.8');
      await toMeasurement(page);
      await goLater(page, 'The best variety');
      await launchNow(page);
      await send(site);
      await page.reload();
      const shares = page.getByRole('region', { name: 'Where new viewers go', exact: true });
      await shares.getByRole('row').nth(2).waitFor();
      await shares.getByText('Shares have not moved yet. They do so every hour, once each arm has 100 viewers.').waitFor();
      await keep(page);
    }),
    90_000,
  );
}

/** What somebody typed outlives what others save meanwhile, and the own session. */
async function keepsWords(page: Page): Promise<void> {
  const context = page.context();
  await begin(page, 'Words that stay');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Step 2 of 5: Arms');
  page.once('dialog', (dialog) => void dialog.dismiss());
  await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Overview', exact: true }).click();
  await page.getByRole('group', { name: 'Step 2 of 5: Arms' }).waitFor();
  await vary(page, 'Arm B', '0.6');
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await edit(page, 'Hypothesis', 'Mine.');
  const other = await context.newPage();
  await other.goto(page.url());
  await edit(other, 'Name', 'Theirs');
  await save(other, 'Theirs');

  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Somebody else saved this experiment after you opened the form, and changed: name. What you wrote is still here.').waitFor();
  await accessible(page);
  await page.getByRole('button', { name: 'Keep mine' }).click();
  const session = await context.cookies();
  await context.clearCookies();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('link', { name: 'Sign in in another tab' }).waitFor();
  await context.addCookies(session);
  await save(page, 'Words that stay');
  await page.getByText('hypothesis, name: “Theirs” → “Words that stay”').waitFor();

  // Launched elsewhere, the form stays what it is.
  await edit(page, 'Name', 'Too late');
  await other.reload();
  await other.getByRole('button', { name: 'Launch' }).click();
  await other.getByRole('dialog').getByRole('button', { name: 'Launch' }).click();
  await other.getByText('Nobody has been in it yet').waitFor();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Somebody else changed its state, and it is running now.').waitFor();
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Too late');
  await keep(other);
}

async function edit(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByLabel(label, { exact: true }).fill(text);
}

async function save(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('button', { name: 'Edit', exact: true }).waitFor();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

/** Its end moves; anything else is another phase. */
async function changeIt(page: Page): Promise<void> {
  const schedule = page.getByRole('region', { name: 'Schedule and phases', exact: true });
  await schedule.getByLabel('End (optional)').fill('2099-01-01T12:00');
  await schedule.getByRole('button', { name: 'Change it' }).click();
  await schedule.getByText(/End Jan 1, 2099/).waitFor();
  await page.getByRole('button', { name: 'New phase' }).click();
  await page.getByRole('button', { name: 'Remove Arm C' }).click();
  await page.getByRole('button', { name: 'Begin the phase' }).click();
  await page.getByText('Say why the experiment begins anew, in a sentence.').waitFor();
  await page.getByLabel('Why does it begin anew?').fill('One arm was enough.');
  await accessible(page);
  await page.getByRole('button', { name: 'Begin the phase' }).click();
  await schedule.getByRole('row').filter({ hasText: 'One arm was enough.' }).waitFor();
}

async function begin(page: Page, name: string): Promise<void> {
  await page.goto('/admin/pages/experiments?new');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Hypothesis').fill('Viewers click more when lists are more varied.');
  await next(page, 'Arms');
}

/** The blend that everybody gets, more varied. */
async function vary(page: Page, title: string, diversity: string): Promise<void> {
  const arm = page.getByRole('group', { name: title, exact: true });
  await arm.getByLabel('Blend', { exact: true }).selectOption({ index: 0 });
  await arm.getByText(/^Changes to the blend/).click();
  await arm.getByLabel('Diversity, 0 to 1').fill(diversity);
  await arm.getByLabel('Name in results (optional)').fill(`Diversity ${diversity}`);
}

async function toMeasurement(page: Page): Promise<void> {
  await accessible(page);
  await next(page, 'Audience');
  await page.getByLabel('Simulated viewers take part').check();
  await next(page, 'Measurement');
}

/** It waits for its start, and is taken back. */
async function goLater(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: '3. Audience' }).click();
  await page.getByLabel('Start (optional)').fill('2099-01-01T12:00');
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  await page.getByRole('button', { name: 'Launch' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Launch' }).click();
  await page.getByText(/It begins by itself on Jan 1, 2099/).waitFor();
  await page.getByRole('button', { name: 'Take back' }).click();
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('button', { name: '3. Audience' }).click();
  await page.getByLabel('Start (optional)').fill('');
  await page.getByRole('button', { name: 'Save changes' }).click();
}

async function launch(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  await launchNow(page);
}

async function launchNow(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Launch' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Launch' }).click();
  await page.getByText('Nobody has been in it yet').waitFor();
}

async function send(site: Suite): Promise<void> {
  const simulator = new BuiltProcess('config/simulate', ['--viewers', '24', '--days', '1'], site.env);
  expect({ code: await simulator.ended, output: simulator.output }).toMatchObject({ code: 0 });
}

async function keep(page: Page): Promise<void> {
  await accessible(page);
  await page.getByRole('button', { name: 'Stop and decide' }).click();
  await decideToKeep(page, 'Stop the experiment');
}

async function decideToKeep(page: Page, button: string): Promise<void> {
  await page.getByLabel('What do you decide?').selectOption('keep');
  await page.getByLabel('Why?').fill('A trial with simulated viewers.');
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByText('Kept the control').waitFor();
}

const next = (page: Page, step: string): Promise<void> => page.getByRole('button', { name: `Next: ${step}` }).click();
const accessible = async (page: Page): Promise<void> => expect(await findings(page)).toEqual([]);
