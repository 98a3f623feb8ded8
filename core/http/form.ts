import type { z } from 'zod';
import { invalid, notFound } from '../errors.ts';

/** Characters that no text field may hold: NUL and other controls, lone surrogates, and marks that turn the reading direction. */
const forbiddenText = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text as typed by a person, without what could break a page or the database. */
export const cleanText = (text: string): string => text.replace(forbiddenText, '').normalize('NFC').trim();

/** One message a field, from a refused zod parse. */
export function fieldErrors(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const path = issue.path.join('.') || (issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : 'input');
    fields[path] ??= issue.message;
  }
  return fields;
}

/** What the schema makes of the input, or 422 with a message a field. */
export function read<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input ?? {});
  if (!result.success) throw invalid(fieldErrors(result.error));
  return result.data;
}

/** A row id from a path: 1 … 2147483647, else 404. */
export function idFrom(text: unknown, what = 'page'): number {
  const id = typeof text === 'string' && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : 0;
  if (id < 1 || id > 2_147_483_647) throw notFound(what);
  return id;
}

/** A relative address on this site to go back to, else the fallback: never another host. */
export function safeNext(next: unknown, fallback = '/'): string {
  return typeof next === 'string' && /^\/(?![/\\])[^\s\\\u0000-\u001f]*$/.test(next) ? next : fallback;
}
