import type { Random } from '../../../math/random.ts';
import { clicksOn, deedFor, starsFor, type Taste } from './behaviour.ts';
import { Browser, type Site } from './browser.ts';
import { hasForm, listsOn, tokenOn, type Card } from './page.ts';
import type { Tally } from './tally.ts';

export interface Person extends Taste {
  readonly email: string;
  readonly random: Random;
  /** mean stars of a film */
  readonly mean: (film: number) => number;
  readonly rated: (film: number) => void;
}

const minutes = (at: Date, n: number): Date => new Date(at.getTime() + n * 60_000);
/** A film is seen to its end before it is rated. */
const LENGTH = 120;

/** One simulated viewer in front of the site's own pages. */
export class Visitor {
  readonly #person: Person;
  readonly #browser: Browser;
  readonly #tally: Tally;
  #signedIn = false;

  constructor(person: Person, site: Site, tally: Tally) {
    this.#person = person;
    this.#browser = new Browser(site);
    this.#tally = tally;
  }

  /** Comes, looks at the home page, opens what attracts. @returns clicks */
  async visit(at: Date, password: string): Promise<number> {
    if (!this.#signedIn) await this.#signIn(at, password);
    const { html } = await this.#browser.get('/', at);
    const clicks = clicksOn(this.#look(html), this.#person, this.#person.random);
    this.#tally.visits++;
    let more = 0;
    for (const [i, card] of clicks.entries()) more += await this.#open(card, minutes(at, 2 + 3 * i), true);
    return clicks.length + more;
  }

  async #signIn(at: Date, password: string): Promise<void> {
    const { html } = await this.#browser.get('/sign-in', at);
    const { status } = await this.#browser.post('/sign-in', at, tokenOn(html) ?? '', { email: this.#person.email, password, next: '/' });
    if (status !== 303) throw new Error(`POST /sign-in answered ${status}`);
    this.#signedIn = true;
    this.#tally.signIns++;
  }

  #look(html: string): Card[][] {
    const lists = listsOn(html);
    this.#tally.lists += lists.length;
    this.#tally.films += lists.reduce((sum, { length }) => sum + length, 0);
    return lists;
  }

  /** @returns clicks on the similar films of the page */
  async #open({ href, film }: Card, at: Date, onward: boolean): Promise<number> {
    const { location } = await this.#browser.get(href, at);
    this.#tally.clicks++;
    const { html } = await this.#browser.get(location ?? `/film/${film}`, at),
      lists = this.#look(html);
    await this.#do(film, html, at);
    const [next] = onward ? clicksOn(lists, this.#person, this.#person.random) : [];
    return next ? 1 + (await this.#open(next, minutes(at, 1), false)) : 0;
  }

  async #do(film: number, html: string, at: Date): Promise<void> {
    const { random, suit, mean, knows, rated } = this.#person,
      suits = suit(film) ?? 0;
    const deed = deedFor(suits, random),
      csrf = tokenOn(html),
      next = `/film/${film}`;
    if (!csrf || knows(film)) return;
    if (deed === 'rate' && hasForm(html, `/film/${film}/rating`)) {
      await this.#browser.post(`/film/${film}/rating`, minutes(at, LENGTH), csrf, { stars: String(starsFor(suits, mean(film), random)), next });
      rated(film);
      this.#tally.ratings++;
    }
    if (deed === 'save' && hasForm(html, `/film/${film}/watchlist`)) {
      await this.#browser.post(`/film/${film}/watchlist`, at, csrf, { next });
      this.#tally.saved++;
    }
  }
}
