import { isUtf8 } from 'node:buffer';
import { badRequest } from '../../core/errors.ts';
import type { Chunks } from './source.ts';

/** A line with its number in the file, from 1. */
export interface Line {
  readonly line: number;
  readonly text: string;
}
/** Longer than any line of a data set, in characters. */
const longest = 1_000_000;
const western = new TextDecoder('windows-1252');

/** The lines of a text, empty ones left out. */
export async function* linesOf(name: string, chunks: Chunks): AsyncGenerator<Line> {
  let rest = '',
    line = 0;
  for await (const chunk of chunks) {
    // Latin-1 gives one character a byte: no letter is torn at the end of a chunk.
    const texts = (rest + chunk.toString('latin1')).split('\n');
    rest = texts.pop()!;
    if (rest.length > longest)
      throw badRequest(`${name}, line ${line + texts.length + 1}: more than a million characters in one line. It is no MovieLens data.`);
    for (const text of texts) {
      line++;
      if (text !== '' && text !== '\r') yield { line, text: decoded(text) };
    }
  }
  if (rest !== '') yield { line: line + 1, text: decoded(rest) };
}

/** Published as UTF-8 today, as Latin-1 in the year 2003, and mixed by people. */
function decoded(text: string): string {
  const ended = text.endsWith('\r') ? text.slice(0, -1) : text;
  if (/^[\u0000-\u007f]*$/.test(ended)) return ended;
  const bytes = Buffer.from(ended, 'latin1');
  return isUtf8(bytes) ? bytes.toString().replace(/^\ufeff/, '') : western.decode(bytes);
}
