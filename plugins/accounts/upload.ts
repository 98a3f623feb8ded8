import type { Request } from 'express';
import { badRequest, tooLarge } from '../../core/errors.ts';

/** What a multipart form brought: its text fields and its one file, where one was chosen. */
export interface Upload {
  readonly fields: Readonly<Record<string, string>>;
  readonly file?: { readonly name: string; readonly bytes: Buffer };
}

/** Reads a form with a file. 413 when all of it is larger than `most` bytes, 400 when it is no such form. */
export async function readUpload(request: Request, most: number): Promise<Upload> {
  const type = request.headers['content-type'] ?? '',
    chunks: Buffer[] = [];
  if (!/^multipart\/form-data\s*;/i.test(type)) throw badRequest('Send the file with the form of this page.');
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) throw tooLarge(`This file is too large: at most ${Math.floor(most / 1_000_000)} MB are taken.`);
    chunks.push(chunk);
  }
  const form = await new Response(Buffer.concat(chunks), { headers: { 'content-type': type } }).formData().catch(() => undefined);
  if (!form) throw badRequest('The request is malformed: check its address and body.');
  const entries = [...form.entries()],
    file = entries.map(([, value]) => value).find((value) => value instanceof File && value.size > 0) as File | undefined;
  const fields = Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  return { fields, ...(file && { file: { name: file.name, bytes: Buffer.from(await file.arrayBuffer()) } }) };
}
