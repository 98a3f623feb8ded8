import type { Response } from 'supertest';
import type { Booted, Browser } from '../harness/app.ts';

export const password = 'lanterns over dover';
let count = 0;

/** What somebody new fills in. */
export const person = () => {
  const handle = `viewer_${++count}`;
  return { name: `Viewer ${count}`, handle, email: `${handle}@example.org`, password };
};
export interface SignedUp {
  readonly browser: Browser;
  readonly form: ReturnType<typeof person>;
  readonly response: Response;
}
export async function signedUp(app: Booted): Promise<SignedUp> {
  const browser = app.browser(),
    form = person();
  const response = await browser.post('/sign-up', form, '/sign-up');
  if (response.status !== 303) throw new Error(`sign-up answered ${response.status}`);
  return { browser, form, response };
}
export const cookieOf = (response: Response, name: string): string | undefined =>
  [response.headers['set-cookie'] ?? []]
    .flat()
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.split(';')[0];
/** Whether a copied session cookie alone shows the account page. */
export const worksWith = async (app: Booted, cookie: string): Promise<boolean> =>
  (await app.browser().agent.get('/account').set('cookie', cookie)).status === 200;
export const stored = ({ sql }: Booted, handle: string) =>
  sql.rows<{ id: number; role: string; simulated: boolean; name: string; bio: string }>(
    'select id, role, simulated, name, bio from account where handle = $1',
    [handle],
  );
