import { createReadStream, statSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { badRequest } from '../../core/errors.ts';

/** One file of a data set, wherever it lies. */
export interface SourceFile {
  readonly name: string;
  /** bytes as stored, for the progress */
  readonly size: number;
  open(progress: (bytes: number) => void): Promise<Readable>;
}
/** Larger than any MovieLens file unpacked: a bomb must not fill the memory or the disk. */
const mostUnpacked = 4 * 2 ** 30;

/** The files of a folder or a zip, by their names without folders and without .gz. */
export async function filesOf(path: string): Promise<ReadonlyMap<string, SourceFile>> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw badRequest(`There is no file or folder ${path}.`);
  if (found.isDirectory()) return named(readdirSync(path).filter((name) => statSync(join(path, name)).isFile()).map((name) => plainFile(join(path, name))));
  if (path.endsWith('.zip')) return named(await zipFiles(path));
  throw badRequest(`${path} is neither a folder nor a .zip: give the folder with movies.csv or movies.dat in it.`);
}

export function plainFile(path: string): SourceFile {
  return {
    name: basename(path), size: statSync(path).size,
    open: async (progress) => unpack(path, counted(createReadStream(path), progress)),
  };
}

const named = (files: readonly SourceFile[]): Map<string, SourceFile> => new Map(files.map((file) => [file.name.replace(/\.gz$/, ''), file]));

function unpack(name: string, stream: Readable): Readable {
  return name.endsWith('.gz') ? bounded(join2(stream, createGunzip())) : stream;
}
/** `pipeline` passes errors on to the reader of the last stream. */
const join2 = (from: Readable, to: Transform): Readable => pipeline(from, to, () => {}) as unknown as Readable;

const counted = (stream: Readable, progress: (bytes: number) => void): Readable => stream.on('data', (chunk: Buffer) => progress(chunk.length)).pause();

function bounded(stream: Readable): Readable {
  let size = 0;
  return join2(stream, new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      done(size > mostUnpacked ? badRequest('This file unpacks to more than 4 GB: it is no MovieLens data.') : null, chunk);
    },
  }));
}

function zipFiles(path: string): Promise<SourceFile[]> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error: Error | null, zip?: ZipFile) => {
      if (error || !zip) return reject(badRequest(`${path} is no readable zip: ${error?.message ?? 'empty'}.`));
      const files: SourceFile[] = [];
      zip.on('entry', (entry: Entry) => {
        if (!entry.fileName.endsWith('/')) files.push(zipEntry(zip, entry));
        zip.readEntry();
      });
      zip.once('end', () => resolve(files));
      zip.once('error', reject);
      zip.readEntry();
    });
  });
}

const zipEntry = (zip: ZipFile, entry: Entry): SourceFile => ({
  name: basename(entry.fileName), size: entry.uncompressedSize,
  open: (progress) => new Promise((resolve, reject) => {
    if (entry.uncompressedSize > mostUnpacked) return reject(badRequest(`${entry.fileName} unpacks to more than 4 GB: it is no MovieLens data.`));
    zip.openReadStream(entry, (error: Error | null, stream?: Readable) => (error || !stream ? reject(error ?? new Error('no stream')) : resolve(unpack(entry.fileName, counted(stream, progress)))));
  }),
});
