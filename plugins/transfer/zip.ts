import { crc32 } from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { AppError, invalid } from '../../core/errors.ts';

/** A file with tables as it was uploaded, or as it lies in a zip. */
export interface UploadedFile {
  readonly name: string;
  readonly bytes: Buffer;
}
/** All files of a zip together, unpacked: a bomb must not fill the memory. */
const mostUnpacked = 30_000_000,
  mostEntries = 2_000;
/** The files with ratings first: what they say counts before what a diary said at its time. */
const order = ['ratings.csv', 'reviews.csv', 'diary.csv', 'watched.csv', 'watchlist.csv'];
const place = ({ name }: UploadedFile): number => (order.includes(name) ? order.indexOf(name) : order.length);

export const isZip = (bytes: Buffer): boolean => bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004';

/**
 * The CSV files at the top of a zip, or of the one folder in it: an export of Letterboxd also holds lists, likes and what
 * was deleted, each in a folder of its own. 422 for a damaged zip, a bomb, or one without such files.
 */
export async function csvFilesIn(bytes: Buffer): Promise<UploadedFile[]> {
  try {
    const zip = await fromBufferPromise(bytes),
      entries = await topEntries(zip),
      files: UploadedFile[] = [];
    let room = mostUnpacked;
    for (const entry of entries) {
      const file = { name: nameOf(entry), bytes: await unpacked(zip, entry, room) };
      room -= file.bytes.length;
      files.push(file);
    }
    if (files.length === 0) throw invalid({ file: 'There is no CSV file in this zip. Choose the zip that Letterboxd made, or a CSV file.' });
    return files.sort((a, b) => place(a) - place(b));
  } catch (error) {
    throw error instanceof AppError
      ? error
      : invalid({ file: 'This zip is damaged or locked. Export it again, or unpack it and choose the CSV files.' });
  }
}

const nameOf = ({ fileName }: Entry): string => fileName.slice(fileName.lastIndexOf('/') + 1).toLowerCase();
const folderOf = ({ fileName }: Entry): string => fileName.slice(0, fileName.lastIndexOf('/') + 1);

async function topEntries(zip: ZipFile): Promise<Entry[]> {
  const found: Entry[] = [];
  if (zip.entryCount > mostEntries) throw invalid({ file: 'This zip holds too many files. Unpack it and choose the CSV files.' });
  for await (const entry of zip.eachEntry()) if (/^[^.].*\.csv$/.test(nameOf(entry)) && !entry.fileName.startsWith('__MACOSX/')) found.push(entry);
  const top = found.map(folderOf).sort((a, b) => a.length - b.length)[0];
  return found.filter((entry) => folderOf(entry) === top);
}

async function unpacked(zip: ZipFile, entry: Entry, room: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let left = room;
  for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    left -= chunk.length;
    if (left < 0) throw invalid({ file: 'This zip unpacks to more than 30 MB. Unpack it and choose the CSV files one after the other.' });
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  if (crc32(bytes) !== entry.crc32) throw new Error('wrong checksum');
  return bytes;
}
