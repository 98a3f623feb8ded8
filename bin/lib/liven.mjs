/**
 * Makes a fresh site lively by its own forms, without scripts: people sign up, say who they are, follow each other, rate,
 * review, comment, keep lists and a diary. What is there already stays, so that it can be done again.
 */
import { join } from 'node:path';

const password = 'seven letters from abroad';
const people = [
  {
    handle: 'noor',
    name: 'Noor Haddad',
    bio: 'Projectionist. Old westerns, new science fiction, anything with rain in it.',
    ratings: { 'Paris, Texas': 5, 'Blade Runner': 4.5, Arrival: 4, Alien: 4.5 },
    reviews: [
      {
        film: 'Paris, Texas',
        text: 'A man walks out of the desert, and it takes the whole film until somebody dares to look at him. The talk through the glass is the best scene I know.',
      },
      { film: 'Blade Runner', text: 'The dove is a little much. The rain is not.', spoiler: true },
    ],
    list: {
      name: 'Films that smell of rain',
      description: 'Wet streets, wet coats, neon on both.',
      films: ['Blade Runner', 'Se7en', 'Casablanca', 'Rear Window', 'Parasite'],
    },
  },
  {
    handle: 'tomas',
    name: 'Tomás Vega',
    bio: 'I watch them with my daughters, so expect robots.',
    ratings: { 'WALL·E': 5, 'Spirited Away': 5, 'Toy Story': 4, Arrival: 4.5 },
    reviews: [
      {
        film: 'Spirited Away',
        text: 'My youngest hid behind the sofa for the first ten minutes and asked for it again before the credits were over.',
      },
    ],
  },
];
const alex = {
  bio: 'Space, time loops and patient people. Five stars are rare, half a star is rarer.',
  reviews: [
    { film: 'Arrival', text: 'Quiet, patient, and then it breaks your heart in the last ten minutes.' },
    { film: 'Alien', text: 'Nobody listens to the one who read the rules. Forty years on, still the best workplace film.' },
  ],
  list: {
    name: 'First contact, best behaviour',
    description: 'They come from far away, and we have to say something.',
    films: ['Arrival', 'Close Encounters of the Third Kind', 'E.T. the Extra-Terrestrial', 'The Thing', 'Alien'],
  },
  diary: ['Arrival', 'Paris, Texas'],
  saved: ['Stalker', 'Paris, Texas', 'The Third Man'],
};
const morgan = {
  bio: 'Runs the numbers by day, the popcorn by night.',
  ratings: { Arrival: 4.5 },
  reviews: [{ film: 'Arrival', text: 'It asks what a language does to whoever learns it, and answers with a film that has to be seen twice.' }],
};

/** @param signIn gives a page of an account of the first start, @param visit one of nobody; both without scripts */
export async function liven({ signIn, visit }) {
  const viewer = await signIn('viewer'),
    manager = await signIn('manager'),
    guests = [];
  for (const person of people) guests.push([person, await signUp(await visit(), person)]);
  const all = [['alex', viewer], ['morgan', manager], ...guests.map(([{ handle }, page]) => [handle, page])];
  for (const [handle, page] of all) for (const [other] of all) if (other !== handle) await follow(page, other);
  for (const [person, page] of [[morgan, manager], ...guests, [alex, viewer]]) await live(page, person);
  await talk(viewer, guests);
  await share(manager, 'alex', 'Arrival', 'The one I told you about. Take handkerchiefs.');
  await share(guests[0][1], 'alex', 'Paris, Texas', 'For your next quiet evening.');
  for (const [, page] of all) await page.context().close();
}

async function signUp(page, { handle, name }) {
  await page.goto('/sign-up');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Handle').fill(handle);
  await page.getByLabel('E-mail address').fill(`${handle}@example.org`);
  await page.getByLabel('Password').fill(password);
  await send(page, 'Sign up');
  if (await page.getByRole('button', { name: 'Sign out' }).count()) return page;
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(`${handle}@example.org`);
  await page.getByLabel('Password').fill(password);
  await send(page, 'Sign in');
  return page;
}

/** Presses a button of the page itself and waits for the page that answers. */
const send = async (page, name) => {
  await page.getByRole('main').getByRole('button', { name, exact: true }).first().click();
  await page.waitForLoadState();
};

async function follow(page, handle) {
  await page.goto(`/people/${handle}`);
  if (await page.getByRole('button', { name: 'Follow', exact: true }).count()) await send(page, 'Follow');
}

async function live(page, { bio, ratings = {}, reviews = [], list, diary = [], saved = [] }) {
  await page.goto('/account');
  await page.getByLabel('About you').fill(bio);
  await send(page, 'Save profile');
  for (const [film, stars] of Object.entries(ratings)) await rate(page, film, stars);
  for (const one of reviews) await review(page, one);
  for (const film of diary) await note(page, film);
  for (const film of saved) await save(page, film);
  if (list) await makeList(page, list);
}

const known = new Map();

/** The address of a film, found as a viewer finds it. */
export async function pathOf(page, title) {
  if (known.has(title)) return known.get(title);
  await page.goto(`/search?q=${encodeURIComponent(title)}`);
  const named = page.locator('.card-title').getByText(title, { exact: true });
  await page.locator('.card-link').filter({ has: named }).first().click();
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  known.set(title, new URL(page.url()).pathname);
  return known.get(title);
}
const open = async (page, title) => page.goto(await pathOf(page, title));

async function rate(page, film, stars) {
  await open(page, film);
  await page.locator(`input[value="${stars}"] + label`).click();
  await page.locator('form:has(.stars) .button').click();
  await page.waitForLoadState();
}

async function review(page, { film, text, spoiler = false }) {
  await page.goto(join(await pathOf(page, film), 'review'));
  await page.getByLabel('Your review').fill(text);
  await page.getByLabel('It gives the story away').setChecked(spoiler);
  await send(page, 'Publish');
  await page.waitForURL(/\/review\/\d+$/);
}

async function note(page, film) {
  await open(page, film);
  const summary = page.locator('summary', { hasText: 'Add to my diary' });
  if (!(await summary.count())) return;
  await summary.click();
  await send(page, 'Add');
}

async function save(page, film) {
  await open(page, film);
  const button = page.locator('.film-actions').getByRole('button', { name: 'Add to watchlist' });
  if (await button.count()) await button.click();
}

async function makeList(page, { name, description, films }) {
  await page.goto('/lists/mine');
  if (await page.getByRole('link', { name }).count()) return;
  await page.goto('/lists/new');
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Description').fill(description);
  await page.locator('#list-public').check();
  await send(page, 'Make the list');
  const edit = join(new URL(page.url()).pathname.replace(/\/edit$/, ''), 'edit');
  for (const film of films) {
    await page.goto(`${edit}?add=${encodeURIComponent(film)}`);
    await page.getByRole('button', { name: `Add ${film}`, exact: true }).click();
    await page.waitForLoadState();
  }
}

/** Others like what Alex wrote and answer it. */
async function talk(viewer, guests) {
  const path = await ownReview(viewer, 'Arrival');
  for (const [index, [, page]] of guests.entries()) {
    await page.goto(path);
    const like = page.getByRole('button', { name: 'Like', exact: true });
    if (await like.count()) await like.click();
    await page.goto(path);
    if (await page.getByRole('heading', { name: `${index} comment` }).count())
      await comment(page, ['The last ten minutes? I was gone after the first five.', 'Seen it twice, cried twice. You are both right.'][index]);
  }
  const theirs = await ownReview(guests[0][1], 'Paris, Texas');
  await viewer.goto(theirs);
  const like = viewer.getByRole('button', { name: 'Like', exact: true });
  if (await like.count()) await like.click();
}

async function ownReview(page, film) {
  await open(page, film);
  return page.getByRole('link', { name: 'Your review' }).getAttribute('href');
}

async function comment(page, text) {
  await page.getByLabel('Your comment').fill(text);
  await send(page, 'Send');
}

async function share(page, handle, film, words) {
  await page.goto(join(await pathOf(page, film), 'share'));
  await page.getByLabel('To whom?').fill(handle);
  await page.getByLabel('A few words').fill(words);
  await send(page, 'Send');
}
