import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import pg from 'pg';
import { loadSecrets } from '../../config/secrets.ts';
import { testDatabase, type TestDatabase } from '../harness/database.ts';
import { SiteProcess, dataFolder, freePort } from '../site/process.ts';
import { signIn } from './steps.ts';
import { watch } from './watch.ts';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const named = process.env['CHROMIUM'];
const executablePath = (named ? [named] : usual).find((path) => existsSync(path));

/** Tests that share one site and one browser. Where there is no Chromium they are skipped, and the title says so. */
export function inBrowser(title: string, tests: (suite: Suite) => void): void {
  const suite = new Suite();
  if (!executablePath) return describe.skip(`${title}: ${noBrowser()}`, () => tests(suite));
  describe(title, () => {
    beforeAll(() => suite.start(executablePath), 180_000);
    afterAll(() => suite.stop(), 60_000);
    tests(suite);
  });
}

/** Jest hides the titles of what it skips, so this is said aloud as well. */
function noBrowser(): string {
  const message = `skipped, because there is no ${named ?? 'Chromium'}. Install it, or set CHROMIUM to the path of one.`;
  process.stderr.write(`Browser tests: ${message}\n`);
  return message;
}

export type Person = 'viewer' | 'manager' | 'admin';
type Session = NonNullable<BrowserContextOptions['storageState']>;
/** `as`: who is signed in already; by default nobody */
export interface StoryOptions extends BrowserContextOptions {
  readonly as?: Person | undefined;
}
/** What a story is told with. */
export interface Stage {
  readonly page: Page;
  readonly site: Suite;
}
export type Tell = (stage: Stage) => Promise<void>;

/** The site as a viewer meets it: the built program in a process of its own, filled and trained, and a browser. */
export class Suite {
  /** of the site's process, for commands that work on the same site */
  env: Readonly<Record<string, string>> = {};
  readonly #sessions = new Map<Person, Session>();
  #parts:
    | { readonly database: TestDatabase; readonly folder: ReturnType<typeof dataFolder>; readonly process: SiteProcess; readonly browser: Browser }
    | undefined;

  async start(chromiumPath: string): Promise<void> {
    const database = await testDatabase(),
      folder = dataFolder();
    this.env = { DATABASE_URL: database.url, DATA_DIR: folder.path, PORT: await freePort() };
    // In containers Chromium's sandbox has no rights to start; it opens nothing here but our own pages.
    const [process, browser] = await Promise.all([
      new SiteProcess(this.env).ready(),
      chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] }),
    ]);
    this.#parts = { database, folder, process, browser };
  }

  /** A clean end belongs to what is tested, and so does a log without faults. */
  async stop(): Promise<void> {
    if (!this.#parts) return;
    const { database, folder, process, browser } = this.#parts;
    await browser.close();
    const code = await process.stop();
    await database.drop();
    folder.remove();
    expect(process.output.split('\n').filter((line) => line.startsWith('{"level":50'))).toEqual([]);
    expect([code, process.output.trimEnd().split('\n').at(-1)]).toEqual([0, 'Stopping …']);
  }

  get base(): string {
    return this.#running.process.base;
  }
  get #running() {
    if (!this.#parts) throw new Error('The site did not start.');
    return this.#parts;
  }

  /** What stands in the site's database. */
  async ask<T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    const client = new pg.Client({ connectionString: this.env['DATABASE_URL'] });
    await client.connect();
    return client
      .query<T>(text, [...values])
      .then(({ rows }) => rows)
      .finally(() => client.end());
  }

  /** A test in a new browser window. It also fails when a page had an error, broke its security policy or asked another host for anything. */
  story({ as, ...options }: StoryOptions, tell: Tell): () => Promise<void> {
    return async () => {
      const storageState = as && (await this.#sessionOf(as));
      const context = await this.#running.browser.newContext({
        baseURL: this.base,
        viewport: { width: 1280, height: 900 },
        ...options,
        storageState,
      });
      context.setDefaultTimeout(10_000);
      const complaints = watch(context, this.base);
      const page = await context.newPage();
      try {
        await tell({ page, site: this });
      } catch (error) {
        throw await withPlace(error, page);
      } finally {
        await context.close();
      }
      expect(complaints).toEqual([]);
    };
  }

  /** Cookies with which this person is signed in already. */
  async #sessionOf(person: Person): Promise<Session> {
    const known = this.#sessions.get(person);
    if (known) return known;
    await this.story({}, async ({ page }) => {
      await page.goto('/sign-in');
      await this.signIn(page, person);
      await page.getByRole('button', { name: 'Sign out' }).waitFor();
      this.#sessions.set(person, await page.context().storageState());
    })();
    return this.#sessions.get(person)!;
  }

  /** Fills in and sends the sign-in form that the page shows. */
  signIn(page: Page, person: Person): Promise<void> {
    return signIn(page, `${person}@marquee.local`, loadSecrets(this.env['DATA_DIR']!)[person]);
  }
}

/** Where the story broke off, and what the page said. */
async function withPlace(error: unknown, page: Page): Promise<unknown> {
  if (!(error instanceof Error)) return error;
  const text = await page
    .locator('body')
    .innerText({ timeout: 1000 })
    .catch(() => '');
  error.message += `\n\nat ${page.url()}:\n${text.slice(0, 800)}`;
  return error;
}
