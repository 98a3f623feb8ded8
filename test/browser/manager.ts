import type { Locator, Page } from 'playwright-core';
import { BuiltProcess } from '../site/process.ts';
import { findings } from './axe.ts';
import type { Suite } from './harness.ts';

/** The main job of a product manager, from a change of the blend to a decision that is on record. */
export function managersStory(site: Suite): void {
  const story = site.story({}, async ({ page }) => {
    await page.goto('/admin');
    await site.signIn(page, 'manager');
    await heading(page, 'Overview').waitFor();
    await tuneBlend(page);
    await makeRival(page);
    await site.ask(someWeeks);
    await draftExperiment(page);
    await proveIt(page);
    await launchExperiment(page);
    await sendViewers(site);
    await readResult(page, site);
    await decide(page);
    await lookUp(page);
  });
  test('a manager tunes the blend, tests another one on viewers and decides', story, 120_000);
}

async function tuneBlend(page: Page): Promise<void> {
  await openPage(page, 'Algorithms and blend');
  await panel(page, 'Preview').getByLabel('Viewer', { exact: true }).fill('alex');
  await panel(page, 'Preview')
    .getByRole('button', { name: /^Alex Lindgren/, pressed: true })
    .waitFor();
  await weight(page, 'Popularity').fill('2');
  const after = panel(page, 'Preview').getByRole('region', { name: 'With your changes' }).getByRole('listitem');
  await after.first().waitFor();
  expect((await after.allInnerTexts()).join('\n')).toMatch(/up \d+ place|new/);
  await accessible(page);
  await page.getByLabel('Note for your colleagues (optional)').fill('More of what everybody likes');
  await page.getByRole('button', { name: 'Save as version 2' }).click();
  await page.getByText(/Version 2 of .* is saved: viewers get it from their next page on\./).waitFor();
  expect(
    await panel(page, /^History of/)
      .getByRole('row', { name: /More of what everybody likes/ })
      .innerText(),
  ).toMatch(/Morgan Okafor[^]*Popularity .* → 2/);
}

/** Another blend to compare with. */
async function makeRival(page: Page): Promise<void> {
  await weight(page, 'Popularity').fill('0');
  await page.getByRole('button', { name: 'New blend from this' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Personal');
  await accessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Create it' }).click();
  await panel(page, 'Blends')
    .getByRole('button', { name: /^Personal/, pressed: true })
    .waitFor();
}

async function draftExperiment(page: Page): Promise<void> {
  await openPage(page, 'Experiments');
  await page.getByRole('link', { name: 'New experiment' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Less popularity');
  await page.getByLabel('Hypothesis').fill('Viewers click more when lists follow their own taste.');
  await next(page, 'Arms');
  expect(await page.getByRole('group', { name: 'Arm B' }).getByLabel('Blend').locator('option:checked').innerText()).toMatch(/^Personal/);
  await accessible(page);
  await next(page, 'Audience');
  await page.getByLabel('Simulated viewers take part').check();
  await page.getByText(/viewers would take part/).waitFor();
  await accessible(page);
  await next(page, 'Measurement');
  await accessible(page);
  await next(page, 'Check');
  await page.getByText('Simulated viewers take part: the result says nothing about people.').waitFor();
  await accessible(page);
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await heading(page, 'Less popularity').waitFor();
}

/** What 300 simulated viewers did ten days ago, so that there is a past to prove something on. */
const someWeeks = `with list as (
    insert into served_list (id, unit, surface, blend_version, films, algorithms, served_at)
    select gen_random_uuid(), u.id, 'home', (select min(id) from blend_version), f.films, array_fill('svd'::text, array[10]), now() - interval '10 days'
    from (select id from unit where simulated order by id limit 300) u, (select array_agg(id) as films from (select id from film order by id limit 10) x) f
    returning id, unit, films
  ) insert into click (list, position, film, unit, at)
    select id, place, films[place + 1], unit, now() - interval '10 days' from list, generate_series(0, 1) place where unit % 3 > place`;

async function proveIt(page: Page): Promise<void> {
  const proof = panel(page, 'Prove it to me');
  await proof.getByRole('button', { name: 'Prove it' }).click();
  await proof.getByRole('row').filter({ hasText: 'this draft' }).waitFor({ timeout: 30_000 });
  await proof.getByText(/with nothing to find: both arms were the same\. In \d+\.\d % of the runs/).waitFor();
  await proof.getByText('The exact method').click();
  await accessible(page);
}

async function launchExperiment(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Launch' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Launch' }).click();
  await page.getByText('Nobody has been in it yet').waitFor();
}

async function sendViewers(site: Suite): Promise<void> {
  const simulator = new BuiltProcess('config/simulate', ['--viewers', '30', '--days', '2'], site.env);
  expect({ code: await simulator.ended, output: simulator.output }).toMatchObject({ code: 0 });
}

async function readResult(page: Page, site: Suite): Promise<void> {
  await page.reload();
  const arms = panel(page, 'Arms').getByRole('row').filter({ hasText: '50 % of viewers' });
  await arms.first().waitFor();
  const rows = await Promise.all((await arms.all()).map((row) => row.getByRole('cell').allInnerTexts()));
  const [viewers, shown, clicks] = [0, 1, 2].map((column) => rows.reduce((sum, cells) => sum + Number(cells[column]!.replaceAll(',', '')), 0));
  expect(rows).toHaveLength(2);
  // Not everybody comes within two days.
  const [shownTo] = await site.ask<{ units: number }>('select count(distinct unit)::integer as units from list_assignment');
  expect(viewers).toBe(shownTo!.units);
  expect(viewers).toBeGreaterThan(10);
  expect(clicks).toBeGreaterThan(0);
  expect(shown).toBeGreaterThan(clicks!);
  await page.getByText(`All ${viewers} viewers are simulated`).waitFor();
  await page.getByRole('img', { name: /^Click rate against control/ }).waitFor();
  await panel(page, 'Effects').getByRole('row').filter({ hasText: 'decides' }).waitFor();
  await panel(page, 'Groups of viewers').getByLabel('By').selectOption({ index: 1 });
  await panel(page, 'Groups of viewers')
    .getByText(/comparisons/)
    .waitFor();
  await panel(page, 'Right now').getByRole('row').nth(2).waitFor();
  await panel(page, 'Look at an arm').getByRole('button', { name: 'Link to “Personal”' }).click();
  await panel(page, 'Look at an arm')
    .getByText(/\/experiments\/look\//)
    .waitFor();
  await panel(page, 'What a viewer sees').getByRole('region', { name: 'In Personal' }).getByRole('listitem').nth(9).waitFor();
  await accessible(page);
}

async function decide(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Stop and decide' }).click();
  await page.getByRole('button', { name: 'Stop the experiment' }).click();
  await page.getByText('Choose what you decide.').waitFor();
  await accessible(page);
  await page.getByLabel('What do you decide?').selectOption({ label: 'Ship “Personal”: it becomes the default blend' });
  await page.getByLabel('Why?').fill('The lists are closer to what each viewer rated.');
  await page.getByRole('button', { name: 'Stop the experiment' }).click();
  await page.getByText('Shipped “Personal”').waitFor();
}

/** What was decided is in service and on record. */
async function lookUp(page: Page): Promise<void> {
  await openPage(page, 'Overview');
  await page.getByText(/Viewers get Personal, version 1/).waitFor();
  await openPage(page, 'Audit log');
  const log = page.getByRole('row');
  for (const action of ['blend.save', 'experiment.create', 'experiment.launch', 'blend.default', 'experiment.stop']) {
    await log.filter({ hasText: action }).filter({ hasText: 'Morgan Okafor' }).first().waitFor();
  }
}

const next = (page: Page, step: string): Promise<void> => page.getByRole('button', { name: `Next: ${step}` }).click();
const accessible = async (page: Page): Promise<void> => expect(await findings(page)).toEqual([]);
const heading = (page: Page, name: string): Locator => page.getByRole('heading', { level: 1, name, exact: true });
const panel = (page: Page, title: string | RegExp): Locator => page.getByRole('region', { name: title, exact: true });
const weight = (page: Page, algorithm: string): Locator =>
  page.getByRole('group', { name: 'Weights', exact: true }).getByRole('spinbutton', { name: algorithm, exact: true });

async function openPage(page: Page, title: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: title, exact: true }).first().click();
  await heading(page, title).waitFor({ state: 'attached' });
}
