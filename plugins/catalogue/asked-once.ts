import type { Request } from 'express';

type Ask<T> = (request: Request, films: readonly number[]) => Promise<T>;

/**
 * Asks once for the films of all a page's fragments: a page loads its fragments in one go, and what they ask for by then
 * is one statement instead of one for each slot. Later in the same request it is asked anew.
 * @param ask gets each film once; the answer goes to all who asked, so it may hold more films than one of them wants
 */
export function askedOnce<T>(ask: Ask<T>): Ask<T> {
  const gathering = new WeakMap<Request, { readonly films: Set<number>; readonly answer: Promise<T> }>();
  const begin = (request: Request) => {
    const films = new Set<number>();
    const answer = Promise.resolve().then(() => {
      gathering.delete(request);
      return ask(request, [...films]);
    });
    gathering.set(request, { films, answer });
    return { films, answer };
  };
  return (request, films) => {
    const asked = gathering.get(request) ?? begin(request);
    for (const film of films) asked.films.add(film);
    return asked.answer;
  };
}
