import type { Request } from 'express';
import type { z } from 'zod';
import { AppError, invalid, notFound } from '../errors.ts';

/** Characters that no text field may hold: NUL and other controls, lone surrogates, and marks that turn the reading direction. */
const forbiddenText =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text as typed by a person, without what could break a page or the database. */
export const cleanText = (text: string): string => text.replace(forbiddenText, '').normalize('NFC').trim();

/** One message a field, from a refused zod parse. */
export function fieldErrors(error: z.ZodError): Record<string, string> {
  const fields = Object.create(null) as Record<string, string>; // a field may be called "constructor"
  for (const issue of error.issues) {
    const path = issue.path.join('.') || (issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : 'input');
    fields[path] ??= issue.message;
  }
  return fields;
}

/** zod's own messages are for programmers. A message in the schema goes before these. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  const unit = issue.code.startsWith('too_') && issue['origin'] === 'string' ? ' characters' : '';
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${kinds[issue.expected] ?? `a ${issue.expected}`}`;
    case 'too_small':
      return `must ${unit ? 'have' : 'be'} ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${unit}`;
    case 'too_big':
      return `must ${unit ? 'have' : 'be'} ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${unit}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'unrecognized_keys':
      return 'is not a field here';
    default:
      return undefined;
  }
}
const kinds: Record<string, string> = { string: 'text', int: 'a whole number', boolean: 'true or false', array: 'a list', object: 'an object' };

/** What the schema makes of the input, or 422 with a message a field. */
export function read<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input ?? {}, { error: inWords });
  if (!result.success) throw invalid(fieldErrors(result.error));
  return result.data;
}

/** What a refused form shows beside what was typed: messages by field, or one above it. Programs, and what no form mends, get the error itself. */
export function refused(request: Request, error: unknown, statuses = [403, 409, 422, 429]) {
  if (!(error instanceof AppError) || !statuses.includes(error.status) || request.accepts(['html', 'json']) === 'json') throw error;
  return { status: error.status, errors: error.fields, message: error.status === 422 ? undefined : error.message };
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
