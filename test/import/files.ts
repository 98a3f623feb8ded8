import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

export type Files = Readonly<Record<string, string | Buffer>>;
const root = mkdtempSync(join(tmpdir(), 'marquee-import-'));
let count = 0;

/** Removes what the other functions wrote. */
export const removeFiles = (): void => rmSync(root, { recursive: true, force: true });

/** A folder with these files. Its name becomes that of the data set. */
export function folderWith(files: Files, name = 'small'): string {
  const folder = join(root, String(++count), name);
  mkdirSync(folder, { recursive: true });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
  return folder;
}

export function fileWith(content: string | Buffer, name: string): string {
  return join(folderWith({ [name]: content }), name);
}

/** A zip as other programs write it, the files compressed. */
export function zipOf(files: Files): Buffer {
  const bodies: Buffer[] = [],
    directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const plain = Buffer.from(content),
      packed = deflateRawSync(plain),
      facts = Buffer.alloc(26),
      place = Buffer.alloc(14);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(plain), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(plain.length, 18);
    facts.writeUInt16LE(name.length, 22);
    place.writeUInt32LE(offset, 10);
    bodies.push(Buffer.concat([Buffer.from('PK\x03\x04'), facts, Buffer.from(name), packed]));
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), facts, place, Buffer.from(name)]));
    offset += bodies.at(-1)!.length;
  }
  const central = Buffer.concat(directory),
    end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, central, end]);
}
