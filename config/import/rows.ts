import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { badRequest } from '../../core/errors.ts';

/** A row as read: its line in the file and its fields by name. */
export interface Row { readonly line: number; readonly fields: Readonly<Record<string, string>> }

/** Rows of a CSV with a header, UTF-8. A header without the wanted columns, or broken quoting, ends the import. */
export async function* csvRows(name: string, stream: Readable, columns: readonly string[]): AsyncGenerator<Row> {
  const parser = stream.on('error', (error) => parser.destroy(error)).pipe(parse({ bom: true, columns: (header: string[]) => checked(name, header, columns), info: true, relax_column_count: true, max_record_size: 1_000_000 }));
  try {
    for await (const { info, record } of parser as AsyncIterable<{ info: { lines: number }; record: Record<string, string> }>) yield { line: info.lines, fields: record };
  } catch (error) {
    throw explain(name, error);
  }
}

function checked(name: string, header: string[], columns: readonly string[]): string[] {
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0) throw badRequest(`${name} has no column ${missing.join(', ')}: its first line must be ${columns.join(',')}.`);
  return header;
}

/** Rows of the old MovieLens format: fields apart by "::", Latin-1, no header. */
export async function* datRows(name: string, stream: Readable, columns: readonly string[], least: number): AsyncGenerator<Row> {
  let rest = '', line = 0;
  const rowOf = (text: string): Row => {
    const parts = text.replace(/\r$/, '').split('::');
    if (line === 1 && (parts.length < least || parts.length > columns.length)) {
      throw badRequest(`${name} does not look like MovieLens: its lines must be ${columns.join('::')}.`);
    }
    return { line, fields: Object.fromEntries(columns.map((column, i) => [column, parts[i] ?? ''])) };
  };
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const lines = (rest + chunk.toString('latin1')).split('\n');
      rest = lines.pop()!;
      if (rest.length > 1_000_000) throw badRequest(`${name} has a line of more than a million characters: it is no MovieLens data.`);
      for (const text of lines) { line++; yield rowOf(text); }
    }
    if (rest !== '') { line++; yield rowOf(rest); }
  } catch (error) {
    throw explain(name, error);
  }
}

/** What a reader can do about a file that cannot be read to its end. */
const explain = (name: string, error: unknown): unknown =>
  (error as { status?: number }).status ? error : badRequest(`${name} cannot be read: ${(error as Error).message}. Nothing was changed.`);
