import type { Request } from 'express';
import { badRequest } from '../../core/errors.ts';
import { cleanText } from '../../core/http/form.ts';

/** A parameter of the address as one text; repeated and bracketed ones are refused. */
export function parameter({ query }: Request, name: string): string | undefined {
  const value = query[name];
  if ((value !== undefined && typeof value !== 'string') || Object.keys(query).some((key) => key.startsWith(`${name}[`))) {
    throw badRequest(`Give "${name}" once.`);
  }
  return value;
}

/** One of the choices, the first one when it is not given. */
export function choice<T extends string>(request: Request, name: string, choices: readonly [T, ...T[]]): T {
  const value = parameter(request, name) ?? choices[0];
  if (!choices.includes(value as T)) throw badRequest(`"${name}" can be ${choices.join(', ')}.`);
  return value as T;
}

/** A page number from 1 on. The caller turns one that is too large into the last page. */
export function pageNumber(request: Request): number {
  const value = parameter(request, 'page') ?? '1';
  if (!/^[1-9]\d{0,8}$/.test(value)) throw badRequest('"page" is a whole number from 1 on.');
  return Number(value);
}

/** What somebody typed to find something: clean, and not longer than any title needs. */
export function typed(text: string | undefined): string {
  if (text?.includes('\0')) throw badRequest('The text holds a character that cannot be stored.');
  return [...cleanText(text ?? '').replaceAll(/\s+/g, ' ')].slice(0, 100).join('');
}

export interface Pager {
  readonly page: number;
  readonly pages: number;
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

/** Where the pager leads: this very address with another page. */
export function pagerOf(request: Request, page: number, pages: number): Pager {
  const to = (n: number): string | undefined => {
    if (n < 1 || n > pages) return undefined;
    const [path, search] = request.originalUrl.split('?');
    const query = new URLSearchParams(search);
    query.set('page', String(n));
    return `${path}?${query}`;
  };
  return { page, pages, previous: to(page - 1), next: to(page + 1) };
}
