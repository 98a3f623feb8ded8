import { createReadStream, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream';
import { crc32, createGunzip } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { AppError, badRequest } from '../../core/errors.ts';

export type Chunks = AsyncIterable<Buffer>;
/** Gets the number of bytes just read. */
export type Progress = (bytes: number) => void;
/** One file of a data set, wherever it lies. */
export interface SourceFile {
  readonly name: string;
  /** what all calls of `progress` will add up to, in bytes */
  readonly size: number;
  /** The text of the file, unpacked. Ends with an error for people when it cannot be read or is no text. */
  read(progress: Progress): Chunks;
}
export interface Source {
  /** by name without folder and without .gz */
  readonly files: ReadonlyMap<string, SourceFile>;
  close(): void;
}

/** Twice the largest MovieLens file: a bomb must fill neither memory nor disk. */
const mostUnpacked = 2 * 2 ** 30;

/** The files of a folder or a zip. */
export async function openSource(path: string): Promise<Source> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw badRequest(`There is no file or folder ${path}.`);
  if (found.isDirectory()) return { files: byName(filesIn(path)), close() {} };
  if (path.endsWith('.zip')) return openZip(path);
  throw badRequest(`${path} is neither a folder nor a .zip: give the folder with movies.csv or movies.dat in it.`);
}

/** @throws 400 when there is no such file */
export function plainFile(path: string): SourceFile {
  const found = statSync(path, { throwIfNoEntry: false }),
    name = basename(path);
  if (!found?.isFile()) throw badRequest(`There is no file ${path}.`);
  return { name, size: found.size, read: (progress) => textOf(name, counted(createReadStream(path), progress)) };
}

const filesIn = (folder: string): SourceFile[] =>
  readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .map(plainFile);

const byName = (files: readonly SourceFile[]) => new Map(files.map((file) => [file.name.replace(/\.gz$/, ''), file]));

async function openZip(path: string): Promise<Source> {
  try {
    const zip = await yauzl.openPromise(path, { autoClose: false }),
      files: SourceFile[] = [];
    for await (const entry of zip.eachEntry()) if (!entry.fileName.endsWith('/')) files.push(zippedFile(zip, entry));
    return { files: byName(files), close: () => zip.close() };
  } catch (error) {
    throw badRequest(`${path} cannot be read as a zip: ${(error as Error).message}.`);
  }
}

function zippedFile(zip: ZipFile, entry: Entry): SourceFile {
  const name = basename(entry.fileName);
  return { name, size: entry.uncompressedSize, read: (progress) => textOf(name, counted(verified(zip, entry), progress)) };
}

/** The zip library leaves the checksum to its callers. */
async function* verified(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let sum = 0;
  for await (const chunk of (await zip.openReadStreamPromise(entry)) as Chunks) {
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (sum !== entry.crc32) throw new Error('its checksum is wrong, the zip is damaged');
}

async function* counted(chunks: Chunks, progress: Progress): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    progress(chunk.length);
    yield chunk;
  }
}

async function* textOf(name: string, chunks: Chunks): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    for await (const chunk of name.endsWith('.gz') ? (pipeline(chunks, createGunzip(), () => {}) as Chunks) : chunks) {
      size += chunk.length;
      if (size > mostUnpacked) throw badRequest(`${name} unpacks to more than 2 GB: it is no MovieLens data.`);
      if (chunk.includes(0)) throw badRequest(`${name} holds NUL bytes: it is no text, or it is UTF-16. Save it as UTF-8.`);
      yield chunk;
    }
  } catch (error) {
    throw error instanceof AppError ? error : badRequest(`${name} cannot be read: ${(error as Error).message}.`);
  }
}
