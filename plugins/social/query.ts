import type { Request } from 'express';
import { cleanText } from '../../core/http/form.ts';

/** A short text of the address's query; repeated or missing ones are empty. */
export function textOf(request: Request, name: string): string {
  const value = request.query[name];
  return typeof value === 'string' ? cleanText(value).slice(0, 100) : '';
}

/** A page number as typed: anything but 1 … 9999 is the first page. */
export function pageOf(request: Request): number {
  const typed = textOf(request, 'page');
  return /^[1-9]\d{0,3}$/.test(typed) ? Number(typed) : 1;
}

/** `size` of the rows that were found, one more of which was asked for to know whether there is a next page. */
export function paged<T>(found: readonly T[], size: number, page: number, address: (page: number) => string) {
  const previous = page > 1 ? address(page - 1) : undefined,
    next = found.length > size ? address(page + 1) : undefined;
  return { shown: found.slice(0, size), previous, next, ways: (previous ?? next) !== undefined };
}
