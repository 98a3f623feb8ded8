import { Browser } from './browser.ts';
import type { BenchSite } from './site.ts';
import type { Table } from './table.ts';
import { megabytes, quantile } from './timing.ts';

interface Page {
  readonly title: string;
  readonly browser: Browser;
  readonly path: (n: number) => string;
  readonly times: number[];
  cpu: number;
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
  const films = [...(await own.send('/genre/drama')).body.matchAll(/\/poster\/(\d+)\.svg/g)].map(([, id]) => id!);
  const page = (title: string, browser: Browser, path: Page['path']): Page => ({ title, browser, path, times: [], cpu: 0 });
  const all = [
    page('Bare Express + Handlebars page, one query', bare, () => '/'),
    page('Home', own, () => '/'),
    page('Film', own, (n) => `/film/${films[n % films.length]}`),
    page('Genre', own, (n) => `/genre/${genres[n % genres.length]}`),
    page('Search', own, (n) => `/search?q=${encodeURIComponent(searches[n % searches.length]!)}`),
  ];
  for (const one of all) await visit(one, warmUp);
  for (let round = 0; round < rounds; round++) for (const one of all) await measure(one, inRound);
  const { memory } = await own.figures();
  await Promise.all([bare.close(), own.close()]);
  const { times: floor, cpu: floorCpu } = all[0]!,
    n = rounds * inRound;
  return {
    title: 'Pages',
    columns: ['Page', 'p50 ms', 'p95 ms', 'p99 ms', '× bare', 'CPU ms', '× bare CPU'],
    rows: all.map(({ title, times, cpu }) => [
      title,
      quantile(times, 0.5),
      quantile(times, 0.95),
      quantile(times, 0.99),
      quantile(times, 0.5) / quantile(floor, 0.5),
      cpu / n,
      cpu / floorCpu,
    ]),
    note: `${site.holds}. ${n} requests a page after ${warmUp} to warm up, one after the other over one kept-alive connection from another process; the time is from sending to the last byte. CPU is that of the web process alone. The web process (no console) then held ${megabytes(memory).toFixed(0)} MB.`,
  };
}

async function visit({ title, browser, path }: Page, n: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < n; i++) {
    const { status, milliseconds } = await browser.send(path(i));
    if (status !== 200) throw new Error(`${title} was answered with ${status}.`);
    times.push(milliseconds);
  }
  return times;
}

async function measure(page: Page, n: number): Promise<void> {
  const before = await page.browser.figures();
  page.times.push(...(await visit(page, n)));
  page.cpu += (await page.browser.figures()).cpu - before.cpu;
}
