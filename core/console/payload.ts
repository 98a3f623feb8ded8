import express, { type Request, type RequestHandler } from 'express';
import { badRequest } from '../errors.ts';
import type { ConsoleResource } from './part.ts';
import { fieldsOf, stamps } from './resource/model.ts';

/** AdminJS posts forms as multipart; this keeps them in memory and small. */
export const formBody: RequestHandler = express.raw({ type: 'multipart/form-data', limit: '256kb' });

/** What a form may say: editable columns, and those that tell a stale form. The rest is left out; files and NUL bytes are refused. */
export async function payloadOf(request: Request, resource: ConsoleResource): Promise<Record<string, string>> {
  const fields = fieldsOf(resource),
    payload: Record<string, string> = {};
  for (const [name, value] of await entries(request)) {
    if (typeof value !== 'string') throw badRequest('Files cannot be uploaded here.');
    if (value.includes('\0')) throw badRequest('The text holds a character that cannot be stored.');
    // A key in the form would make AdminJS write to another record than the address names.
    if (Object.hasOwn(fields, name) && (fields[name]!.editable || stamps.includes(name))) payload[name] = value;
  }
  return payload;
}

async function entries(request: Request): Promise<Iterable<[string, unknown]>> {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body)) return [];
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': request.headers['content-type'] ?? '' } }).formData();
  } catch {
    throw badRequest('The form cannot be read. Reload the page and send it again.');
  }
}

const plain = ['page', 'perPage', 'sortBy', 'direction', 'searchProperty'] as const;
const isFilter = /^filters\.\w+(~~(from|to))?$/;

/** The parts of a list's address that AdminJS understands, checked; the rest is left out. */
export function queryOf(request: Request, resource: ConsoleResource): Record<string, string | number> {
  const query: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(request.query)) {
    if (!plain.includes(name as never) && !isFilter.test(name)) continue;
    if (typeof value !== 'string' || value.includes('\0')) throw badRequest(`The parameter "${name}" must be given once, as text.`);
    query[name] = value;
  }
  for (const name of ['page', 'perPage'] as const) if (name in query) query[name] = bounded(name, String(query[name]));
  for (const name of ['sortBy', 'searchProperty']) {
    if (name in query && !Object.hasOwn(fieldsOf(resource), query[name]!)) throw badRequest(`There is no column "${query[name]}".`);
  }
  if ('direction' in query && query['direction'] !== 'asc' && query['direction'] !== 'desc') throw badRequest('The direction must be asc or desc.');
  return query;
}

function bounded(name: 'page' | 'perPage', text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw badRequest(`The parameter "${name}" must be a whole number above zero.`);
  return Math.min(Number(text), name === 'page' ? 100_000 : 100);
}
