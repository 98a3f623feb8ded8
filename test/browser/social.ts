import type { Page } from 'playwright-core';
import { findings } from './axe.ts';
import type { Suite } from './harness.ts';
import { bringFilms, leave, takeAlong } from './leaving.ts';
import { rate, signUp } from './steps.ts';
import { watch } from './watch.ts';

/** Would run, were it ever written into a page as it is. */
const evil = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
const words = `The ending is the beginning. ${evil}`;
const phone = { width: 390, height: 844 },
  desk = { width: 1440, height: 900 };

interface Two {
  readonly ann: Page;
  readonly ben: Page;
  readonly suffix: string;
  readonly script: boolean;
}

/** Two viewers meet, told twice: nothing may need a script. Every text that they type tries to run one. */
export function socialStories(site: Suite): void {
  describe.each([
    ['with JavaScript', true],
    ['without JavaScript', false],
  ] as const)('two viewers %s', (_mode, script) => {
    test(
      'pick, rate, review, follow, like, comment, share, part, import, export, and leave',
      site.story({ javaScriptEnabled: script, viewport: desk }, async ({ page }) => {
        const other = await page.context().browser()!.newContext({ baseURL: site.base, javaScriptEnabled: script, viewport: desk });
        const two: Two = { ann: page, ben: await other.newPage(), suffix: script ? 'js' : 'plain', script };
        two.ben.setDefaultTimeout(10_000);
        const complaints = watch(two.ben.context(), site.base);
        await begin(two);
        await meet(two);
        await answer(two);
        await share(two);
        await calm(two);
        await part(two);
        await bringFilms(two.ann);
        // What is left behind of the one story stays in sight of the other.
        const film = script ? 3 : 4;
        await takeAlong(two.ann, `ann_${two.suffix}`, film);
        await leave(two.ann, two.ben, `ann_${two.suffix}`, film);
        await other.close();
        expect(complaints).toEqual([]);
      }),
      180_000,
    );
  });
}

async function comes(page: Page, handle: string): Promise<void> {
  await page.goto('/sign-up');
  await signUp(page, handle, `${handle.slice(0, 3)} ${evil}`.slice(0, 80));
}

/** First picks change the first page, and a rating what comes next. */
async function begin({ ann, ben, suffix, script }: Two): Promise<void> {
  await comes(ann, `ann_${suffix}`);
  await comes(ben, `ben_${suffix}`);
  await ann.goto('/account');
  await ann.getByLabel('About you').fill(words);
  await ann.getByRole('button', { name: 'Save profile' }).click();
  await ann.getByRole('status').waitFor();
  await ann.goto('/');
  await ann.getByRole('heading', { name: 'Which of these would you watch?' }).waitFor();
  await ann.locator('.pick').first().click();
  await ann.getByRole('button', { name: 'Show me films' }).click();
  await ann.getByText('Your lists start from what you picked:').waitFor();
  await ann.getByRole('heading', { name: 'For you', exact: true }).waitFor();
  await ann.goto('/film/1');
  const title = await ann.getByRole('heading', { level: 1 }).innerText();
  await rate(ann, 'Five stars', script);
  await ann.goto('/');
  await ann.getByRole('region', { name: `Because you liked ${title}`, exact: true }).waitFor();
}

/** One writes, the other finds it, opens what was folded away, and follows. */
async function meet({ ann, ben, suffix }: Two): Promise<void> {
  await ann.goto('/film/1');
  await ann.getByRole('link', { name: 'Write a review' }).click();
  await ann.getByLabel('Your review').fill(words);
  await ann.getByLabel('It gives the story away').check();
  await ann.getByRole('button', { name: 'Publish' }).click();
  await ann.getByRole('heading', { name: '0 comments' }).waitFor();

  await ben.goto(`/people?q=ann_${suffix}`);
  await ben.getByRole('main').getByRole('link').filter({ hasText: 'ann' }).click();
  expect(await ben.locator('.profile-bio').innerText()).toBe(words);
  await ben.getByRole('button', { name: 'Follow', exact: true }).click();
  await ben.getByRole('button', { name: 'Unfollow' }).waitFor();
  await ben.goto('/feed');
  await ben.getByRole('listitem').filter({ hasText: 'reviewed' }).getByRole('link').nth(1).click();
  const text = ben.locator('.told').first();
  expect(await text.isVisible()).toBe(false);
  await ben.getByText('This gives the story away.').click();
  await text.waitFor();
  expect(await text.innerText()).toBe(words);
}

/** Likes and comments arrive, and are answered. */
async function answer({ ann, ben }: Two): Promise<void> {
  await ben.getByRole('button', { name: 'Like', exact: true }).click();
  await ben.getByRole('button', { name: 'Liked', pressed: true }).waitFor();
  await ben.getByLabel('Your comment').fill(`I agree. ${evil}`);
  await ben.getByRole('button', { name: 'Send' }).click();
  await ben.getByRole('heading', { name: '1 comment', exact: true }).waitFor();

  await ann.goto('/');
  await ann.getByRole('link', { name: 'Notifications' }).click();
  const news = ann.getByRole('main').getByRole('listitem');
  await news.filter({ hasText: 'follows you' }).waitFor();
  await news.filter({ hasText: 'likes your review of' }).waitFor();
  await news.filter({ hasText: 'commented on your review of' }).getByRole('link').nth(1).click();
  await ann.getByRole('link', { name: 'Answer', exact: true }).click();
  const form = ann.locator('form', { has: ann.getByLabel(/^Your answer to/) });
  await form.getByRole('textbox').fill('Thank you.');
  await form.getByRole('button', { name: 'Send' }).click();
  await ann.getByRole('heading', { name: '2 comments', exact: true }).waitFor();
}

/** A film comes with a note, and stands in the lists by the name of who sent it. */
async function share({ ann, ben, suffix }: Two): Promise<void> {
  await ann.goto('/film/2');
  const title = await ann.getByRole('heading', { level: 1 }).innerText();
  await ann.getByRole('link', { name: 'Recommend to a friend' }).click();
  await ann.getByLabel('To whom?').fill(`ben_${suffix}`);
  await ann.getByLabel('A few words').fill(`For a rainy day. ${evil}`.slice(0, 500));
  await ann.getByRole('button', { name: 'Send' }).click();
  await ann.getByText('It is on its way.').waitFor();

  await ben.goto('/');
  await ben.getByRole('region', { name: 'From people you follow' }).getByText(title, { exact: true }).waitFor();
  await ben.getByText('recommends it to you').first().waitFor();
  await ben.getByRole('link', { name: 'Inbox' }).click();
  await ben.getByText('For a rainy day.').waitFor();
}

/** On every page of theirs nothing ran, nothing is wider than the screen, and nothing breaks a rule of accessibility. */
async function calm({ ann, ben, suffix, script }: Two): Promise<void> {
  const review = ann.url().includes('/review/') ? new URL(ann.url()).pathname : await reviewOf(ann);
  const pages: readonly [Page, string][] = [
    [ben, `/people/ann_${suffix}`],
    [ben, `/people/ann_${suffix}/reviews`],
    [ben, `/people/ann_${suffix}/followers`],
    [ben, '/people'],
    [ben, '/feed'],
    [ben, '/inbox'],
    [ben, '/film/1'],
    [ben, '/film/2'],
    [ben, '/film/1/reviews'],
    [ben, review],
    [ben, `${review}/report`],
    [ben, '/account/privacy'],
    [ann, '/notifications'],
    [ann, `${review}/edits`],
    [ann, '/film/1/review'],
    [ann, '/film/2/share'],
  ];
  const broken: object[] = [];
  for (const [page, path] of pages) {
    for (const viewport of [desk, phone]) {
      await page.setViewportSize(viewport);
      await page.goto(path);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wider > 0) broken.push({ path, width: viewport.width, wider });
      if ((await page.evaluate(() => (window as { pwned?: number }).pwned)) !== undefined) broken.push({ path, ran: true });
      if (script) for (const finding of await findings(page)) broken.push({ path, width: viewport.width, ...finding });
    }
    await page.setViewportSize(desk);
  }
  expect(broken).toEqual([]);
}

async function reviewOf(page: Page): Promise<string> {
  await page.goto('/film/1');
  return (await page.getByRole('link', { name: 'Your review' }).getAttribute('href'))!;
}

/** Blocked: as if there had never been anybody. */
async function part({ ann, ben, suffix }: Two): Promise<void> {
  await ben.goto(`/people/ann_${suffix}`);
  await ben.getByText('More', { exact: true }).click();
  await ben.getByRole('button', { name: 'Block' }).click();
  await ben.getByRole('heading', { level: 1, name: 'Privacy' }).waitFor();
  for (const [page, path] of [
    [ben, `/people/ann_${suffix}`],
    [ann, `/people/ben_${suffix}`],
  ] as const) {
    await page.goto(path);
    await page.getByText('There is no such person.').waitFor();
  }
  await ben.goto('/inbox');
  await ben.getByRole('heading', { name: 'Nothing here yet' }).waitFor();
  await ben.goto('/feed');
  await ben.getByRole('heading', { name: 'Your feed is empty' }).waitFor();
}
