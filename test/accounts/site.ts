import type { Letter, Mailer } from '../../core/mail.ts';
import type { Booted, Browser } from '../harness/app.ts';

export const password = 'seven quiet lanterns';

/** A mail server that keeps what it is given; `next` waits for a letter. */
export class KeptMail implements Mailer {
  readonly configured = true;
  readonly letters: Letter[] = [];
  readonly #waiting: ((letter: Letter) => void)[] = [];

  async send(letter: Letter): Promise<void> {
    const waits = this.#waiting.shift();
    if (waits) waits(letter);
    else this.letters.push(letter);
  }
  next(): Promise<Letter> {
    const letter = this.letters.shift();
    return letter ? Promise.resolve(letter) : new Promise((resolve) => this.#waiting.push(resolve));
  }
}

let people = 0;
export interface Member {
  readonly browser: Browser;
  readonly handle: string;
  readonly email: string;
  readonly id: number;
}
/** Somebody new, signed in. */
export async function member(app: Booted, name = 'Nora Quist'): Promise<Member> {
  const handle = `member_${++people}`,
    email = `${handle}@example.org`,
    browser = app.browser();
  const answer = await browser.post('/sign-up', { name, handle, email, password }, '/sign-up');
  if (answer.status !== 303) throw new Error(`sign-up answered ${answer.status}`);
  const { id } = (await app.sql.one<{ id: number }>('select id from account where handle = $1', [handle]))!;
  return { browser, handle, email, id };
}

export const isSignedIn = async (browser: Browser): Promise<boolean> => (await browser.get('/account')).status === 200;
