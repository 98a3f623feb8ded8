import { parse } from 'csv-parse/sync';
import { badRequest } from '../../core/errors.ts';
import { linesOf, type Line } from './lines.ts';
import type { Chunks } from './source.ts';

/** A row with its line in the file, and its fields in the order in which the columns were asked for. */
export interface Row {
  readonly line: number;
  readonly fields: readonly (string | undefined)[];
}
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  /** how many of the columns there must be; the others may be missing */
  readonly least: number;
}

/** Rows of a CSV with a header. No field of MovieLens goes over two lines. */
export async function* csvRows({ name, columns, least }: Table, chunks: Chunks): AsyncGenerator<Row> {
  let places: number[] | undefined;
  for await (const line of linesOf(name, chunks)) {
    const fields = fieldsOf(name, line);
    if (places) yield { line: line.line, fields: places.map((place) => fields[place]) };
    else places = placesOf(name, fields, columns, least);
  }
}

function fieldsOf(name: string, { line, text }: Line): string[] {
  if (!text.includes('"')) return text.split(',');
  try {
    return (parse(text) as string[][])[0]!;
  } catch {
    throw badRequest(`${name}, line ${line}: the quotes are wrong, or one is not closed. Mend the line and import again.`);
  }
}

function placesOf(name: string, header: readonly string[], columns: readonly string[], least: number): number[] {
  const missing = columns.slice(0, least).filter((column) => !header.includes(column));
  if (missing.length === 0) return columns.map((column) => header.indexOf(column));
  throw badRequest(`${name} has no column ${missing.join(', ')}: its first line must be ${columns.join(',')}.`);
}

/** Rows of the old MovieLens format: fields apart by "::", no header. */
export async function* datRows({ name, columns, least }: Table, chunks: Chunks): AsyncGenerator<Row> {
  let first = true;
  for await (const { line, text } of linesOf(name, chunks)) {
    const fields = text.split('::');
    if (first && (fields.length < least || fields.length > columns.length)) {
      throw badRequest(`${name} does not look like MovieLens: its lines must be ${columns.join('::')}.`);
    }
    first = false;
    yield { line, fields };
  }
}
