import { stringify } from 'csv-stringify/sync';
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Sql } from '../../core/database/sql.ts';
import type { ExportedRow, Owner, PersonalData } from '../../core/personal-data.ts';

type Files = Readonly<Record<string, readonly ExportedRow[]>>;

/** The account's own row and everything that plugins hold of it, read at one moment. */
export const personalFiles = (sql: Sql, parts: ReadonlyMap<string, PersonalData>, owner: Owner): Promise<Files> =>
  sql.transaction(async (tx) => {
    await tx.rows('set transaction isolation level repeatable read');
    const files: Record<string, readonly ExportedRow[]> = {
      account: await tx.rows('select name, handle, email, bio, language, created_at as joined from account where id = $1', [owner.account]),
    };
    for (const part of parts.values()) Object.assign(files, await part.export(tx, owner));
    return files;
  });

/** A zip with every file as JSON and as CSV, and one text that says what it is. A cell that a spreadsheet would calculate begins with an apostrophe. */
export function zipOf(files: Files, about: string): Readable {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(about), 'README.txt');
  for (const [name, rows] of Object.entries(files)) {
    zip.addBuffer(Buffer.from(`${JSON.stringify(rows, null, 2)}\n`), `json/${name}.json`);
    zip.addBuffer(Buffer.from(csvOf(rows)), `csv/${name}.csv`);
  }
  zip.end();
  return zip.outputStream as Readable;
}

/** With a byte order mark, by which spreadsheets know UTF-8. */
export const csvOf = (rows: readonly ExportedRow[]): string =>
  stringify([...rows], {
    header: rows.length > 0,
    bom: true,
    escape_formulas: true,
    record_delimiter: 'windows',
    cast: { date: (at) => at.toISOString(), boolean: String },
  });
