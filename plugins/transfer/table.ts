import { CsvError, parse } from 'csv-parse/sync';
import { invalid } from '../../core/errors.ts';

/** What a file may have at most. */
export const limits = { bytes: 10_000_000, rows: 50_000, columns: 100, cell: 50_000 };

export const emptyFile = 'This file has no rows below its first line.';

/** A row by the names of its columns in lower case, with its line in the file. */
export interface TableRow {
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
}

/** The rows of a CSV with a header, its columns apart by commas, semicolons or tabs. 422 that says where it is wrong. */
export function rowsOf(text: string): TableRow[] {
  const records = parsed(text),
    [header, ...rows] = records;
  if (!header || rows.length === 0) throw invalid({ file: emptyFile });
  const names = header.record.map((name) => name.trim().toLowerCase());
  return rows.map(({ record, info }) => ({ line: info.lines, cells: new Map(names.map((name, index) => [name, record[index]?.trim() ?? ''])) }));
}

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

function parsed(text: string): Parsed[] {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/)),
    delimiter = [',', ';', '\t'].map((mark) => [mark, firstLine.split(mark).length] as const).sort((a, b) => b[1] - a[1])[0]!;
  if (delimiter[1] > limits.columns) throw invalid({ file: `This file has more than ${limits.columns} columns.` });
  try {
    const options = {
      delimiter: delimiter[0],
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
      max_record_size: limits.cell,
      to: limits.rows + 2,
    };
    const records = parse(text, options) as unknown as Parsed[];
    if (records.length > limits.rows + 1) throw invalid({ file: `This file has more than ${limits.rows} rows. Cut it into several.` });
    return records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw invalid({ file: sentences[error.code] ?? 'This file is no CSV that can be read.' });
  }
}

const sentences: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'A quote is opened in this file and never closed. Export it again, or mend the line.',
  CSV_INVALID_CLOSING_QUOTE: 'The quotes in this file are wrong: one is closed in the middle of a cell.',
  INVALID_OPENING_QUOTE: 'The quotes in this file are wrong: one opens in the middle of a cell.',
  CSV_MAX_RECORD_SIZE: 'A row of this file is longer than any review. Is a quote not closed?',
};
