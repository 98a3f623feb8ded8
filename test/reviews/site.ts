import { plugins } from '../../config/plugins.ts';
import { addFilms, bootApp, type Booted, type Browser } from '../harness/app.ts';

/** A site with people who are signed in, and films. */
export async function socialSite<H extends string>(handles: readonly H[], titles: readonly string[]) {
  const app: Booted = await bootApp({ plugins });
  const films = await addFilms(
    app,
    titles.map((title) => ({ title })),
  );
  const browsers = {} as Record<H, Browser>;
  for (const handle of handles) {
    browsers[handle] = app.browser();
    await browsers[handle].post(
      '/sign-up',
      { name: `The ${handle}`, handle, email: `${handle}@example.org`, password: 'a long enough phrase' },
      '/sign-up',
    );
  }
  const post = (who: H, path: string, fields: Readonly<Record<string, string | number>> = {}) => browsers[who].post(path, fields, '/account');
  const idOf = async (handle: H): Promise<number> => (await app.sql.one<{ id: number }>('select id from account where handle = $1', [handle]))!.id;
  return { app, films, browsers, post, idOf, nobody: app.browser() };
}
export type SocialSite<H extends string> = Awaited<ReturnType<typeof socialSite<H>>>;
