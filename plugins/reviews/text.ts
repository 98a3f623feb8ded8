/** A piece of a text as it is shown: words, or an address that can be followed. */
export interface Piece {
  readonly text: string;
  readonly href?: string;
}
const address = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;
const day = 24 * 3600 * 1000;

/**
 * Plain text in pieces, for templates to escape. Addresses become links only where `linked`: new accounts are mostly
 * opened to advertise. Everything else stays what was typed; the page keeps line breaks by CSS.
 */
export function pieces(text: string, linked: boolean): Piece[] {
  if (!linked) return [{ text }];
  const all: Piece[] = [];
  let end = 0;
  for (const found of text.matchAll(address)) {
    const href = URL.canParse(found[0]) ? new URL(found[0]).href : undefined;
    if (!href) continue;
    all.push({ text: text.slice(end, found.index) }, { text: found[0], href });
    end = found.index + found[0].length;
  }
  return [...all, { text: text.slice(end) }].filter((piece) => piece.text !== '');
}

/** Whether an account is old enough for links. */
export const mayLink = (joined: Date, days: number, now: Date): boolean => now.getTime() - joined.getTime() >= days * day;
