import { Browser } from './browser.ts';
import type { BenchSite } from './site.ts';
import type { Table } from './table.ts';
import { megabytes, quantile } from './timing.ts';

interface Page {
  readonly title: string;
  readonly browser: Browser;
  /** what to ask for the nth time; what it does itself is not measured */
  readonly path: (n: number) => string | Promise<string>;
  readonly times: number[];
  cpu: number;
  asked: number;
}

const warmUp = 150,
  rounds = 5,
  inRound = 80;
const genres = ['drama', 'comedy', 'thriller', 'action'],
  searches = ['matrix', 'kurosava', 'godfater', 'tom hanks', 'star wars', 'amelie'];

/** Pages as a signed-in viewer with a history gets them, beside a bare page; the rounds take turns, so that a busy machine slows all alike. */
export async function pages(site: BenchSite): Promise<Table> {
  const bare = await Browser.open('bare', site),
    own = await Browser.open('site', site);
  await own.signIn('viewer@marquee.local', site.secrets.viewer);
  const all = await pagesOf(bare, own, site.films);
  for (const one of all) for (let i = 0; i < warmUp; i++) await ask(one);
  for (let round = 0; round < rounds; round++) for (const one of all) await measure(one, inRound);
  const { memory } = await own.figures();
  await Promise.all([bare.close(), own.close()]);
  return {
    title: 'Pages',
    columns: ['Page', 'p50 ms', 'p95 ms', 'p99 ms', '× bare', 'CPU ms', '× bare CPU'],
    rows: all.map((page) => figuresOf(page, all[0]!)),
    note: `${site.holds}. ${rounds * inRound} requests a page after ${warmUp} to warm up, one after the other over one kept-alive connection from another process; the time is from sending to the last byte. CPU is that of the web process alone, without the database. The web process (no console) then held ${megabytes(memory).toFixed(0)} MB.`,
  };
}

async function pagesOf(bare: Browser, own: Browser, films: number): Promise<Page[]> {
  const { body } = await own.send('/genre/drama'),
    popular = [...body.matchAll(/\/poster\/(\d+)\.svg/g)].map(([, id]) => id!),
    csrf = /name="csrf" value="([^"]+)"/.exec(body)![1]!;
  const page = (title: string, browser: Browser, path: Page['path']): Page => ({ title, browser, path, times: [], cpu: 0, asked: 0 });
  const afterRating = async (n: number): Promise<string> => {
    await own.send(`/film/${popular[n % 10]}/rating`, { csrf, stars: String(3 + (n % 5) / 2), next: '/' });
    return '/';
  };
  return [
    page('Bare Express + Handlebars page, one query', bare, () => '/'),
    page('Home', own, () => '/'),
    page('Home, right after a rating', own, afterRating),
    page('Film, one of the popular', own, (n) => `/film/${popular[n % popular.length]}`),
    page('Film, asked for the first time', own, (n) => `/film/${1 + ((n * 17) % films)}`),
    page('Genre', own, (n) => `/genre/${genres[n % genres.length]}`),
    page('Search', own, (n) => `/search?q=${encodeURIComponent(searches[n % searches.length]!)}`),
  ];
}

function figuresOf({ title, times, cpu }: Page, bare: Page): (string | number)[] {
  const median = quantile(times, 0.5);
  return [title, median, quantile(times, 0.95), quantile(times, 0.99), median / quantile(bare.times, 0.5), cpu / times.length, cpu / bare.cpu];
}

/** One request; the web process tells its figures before and after it. */
async function ask(page: Page): Promise<{ milliseconds: number; cpu: number }> {
  const { browser, title } = page,
    path = await page.path(page.asked++),
    before = await browser.figures(),
    { status, milliseconds } = await browser.send(path),
    after = await browser.figures();
  if (status !== 200) throw new Error(`${title} was answered with ${status}.`);
  return { milliseconds, cpu: after.cpu - before.cpu };
}

async function measure(page: Page, n: number): Promise<void> {
  for (let i = 0; i < n; i++) {
    const { milliseconds, cpu } = await ask(page);
    page.times.push(milliseconds);
    page.cpu += cpu;
  }
}
