import { invalid } from '../../core/errors.ts';

const refuse = (message: string): never => {
  throw invalid({ file: message });
};
const startsWith = (bytes: Buffer, ...start: number[]): boolean => start.every((byte, index) => bytes[index] === byte);

/** The text of an uploaded file: UTF-8, or UTF-16 where a byte order mark says so. 422 for what is no text. */
export function textOf(bytes: Buffer): string {
  const encoding = startsWith(bytes, 0xff, 0xfe) ? 'utf-16le' : startsWith(bytes, 0xfe, 0xff) ? 'utf-16be' : 'utf-8';
  const text = decoded(bytes, encoding);
  if (text === undefined) return refuse('This file is no text in UTF-8 or UTF-16. Export it again, as CSV in UTF-8.');
  return text.includes('\0') ? refuse('This is no CSV file.') : text;
}

function decoded(bytes: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
