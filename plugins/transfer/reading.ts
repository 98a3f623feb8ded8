import { AppError, invalid } from '../../core/errors.ts';
import { factsOf, sourceOf, type Reading, type Source } from './facts.ts';
import { emptyFile, limits, rowsOf } from './table.ts';
import { textOf } from './text.ts';
import { csvFilesIn, isZip, type UploadedFile } from './zip.ts';

/** What the owner says that a file holds; `auto`: the file tells. */
export type What = 'auto' | 'seen' | 'watchlist';
export interface Line extends Reading {
  readonly line: number;
  /** in a zip: "diary.csv:12" */
  readonly place: string;
}
export interface Lines {
  readonly source: Source;
  readonly lines: readonly Line[];
}
const foreign = 'These columns are none that Letterboxd, IMDb or Trakt write. Choose a CSV file that one of them made.';

/** The lines of a CSV file, or of all that are in a zip. 422 for what cannot be read. */
export async function linesOf(file: UploadedFile, what: What, now: Date): Promise<Lines> {
  if (isZip(file.bytes)) return zipped(await csvFilesIn(file.bytes), now);
  const table = tableOf(file, what, now);
  if (!table) throw invalid({ file: foreign });
  return table;
}

function tableOf({ name, bytes }: UploadedFile, what: What, now: Date): Lines | undefined {
  const rows = rowsOf(textOf(bytes)),
    names = new Set(rows[0]!.cells.keys()),
    source = sourceOf(names);
  if (!source) return undefined;
  const saved = what === 'watchlist' || (what === 'auto' && (/watch-?list/i.test(name) || (names.has('position') && names.has('created'))));
  return { source, lines: rows.map((row) => ({ line: row.line, place: '', ...factsOf(source, row, saved, now) })) };
}

/** Each file by itself; one that cannot be read is a line that says why, and the others are taken. */
function zipped(files: readonly UploadedFile[], now: Date): Lines {
  const tables = files.flatMap((file) => partOf(file, now) ?? []),
    source = tables.find((table) => table.source)?.source;
  if (!source) throw invalid({ file: foreign });
  const rated = tables.some(({ name }) => name === 'ratings.csv'),
    lines = tables.flatMap(({ name, lines: own }) => own.map((line) => placed(line, name, rated)));
  if (lines.length > limits.rows) throw invalid({ file: `This file has more than ${limits.rows} rows. Cut it into several.` });
  return { source, lines: lines.map((line, index) => ({ ...line, line: index + 1 })) };
}

interface Part {
  readonly name: string;
  readonly source?: Source;
  readonly lines: readonly Line[];
}
/** Undefined for a file of other things, and one that is empty. */
function partOf(file: UploadedFile, now: Date): Part | undefined {
  try {
    const table = tableOf(file, 'auto', now);
    return table && { ...table, name: file.name };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const problem = error.fields['file'] ?? error.message;
    if (problem === emptyFile) return undefined;
    return { name: file.name, lines: [{ line: 1, place: '', facts: { title: file.name, year: null, imdb: null }, problem }] };
  }
}

/** Where there is a file of ratings, what a diary says of them is older. */
function placed({ facts, ...line }: Line, name: string, rated: boolean): Line {
  const { stars, ...rest } = facts;
  return { ...line, place: `${name}:${line.line}`, facts: rated && name !== 'ratings.csv' && stars !== undefined ? rest : facts };
}
