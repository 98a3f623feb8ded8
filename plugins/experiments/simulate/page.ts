export interface Card {
  /** counts the click and leads to the film */
  readonly href: string;
  readonly film: number;
}

const card = /href="(\/go\/([0-9a-f-]{36})\/\d+)"[^>]*>\s*<img[^>]*src="\/poster\/(\d+)\.svg/g;

/** The lists of films on a page, from top to bottom, as a browser shows them. */
export function listsOn(html: string): Card[][] {
  const lists = new Map<string, Card[]>();
  for (const [, href, list, film] of html.matchAll(card)) {
    const cards = lists.get(list!) ?? [];
    cards.push({ href: href!, film: Number(film) });
    lists.set(list!, cards);
  }
  return [...lists.values()];
}

/** The proof that a form stands on this page; undefined when there is no form. */
export const tokenOn = (html: string): string | undefined => /name="csrf" value="([^"]+)"/.exec(html)?.[1];

export const hasForm = (html: string, action: string): boolean => html.includes(`action="${action}"`);
