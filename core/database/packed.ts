import { endianness } from 'node:os';

/**
 * Numbers that PostgreSQL packed into bytes with string_agg(int4send(…), ''), so that no row ever becomes an object.
 * It sends the most significant byte first; typed arrays read in this machine's order.
 */
function unpack(bytes: Buffer, width: 4 | 8): ArrayBuffer {
  const own = Buffer.from(new Uint8Array(bytes).buffer);
  if (endianness() === 'LE') width === 4 ? own.swap32() : own.swap64();
  return own.buffer;
}
export const unpackInt4 = (bytes: Buffer): Int32Array => new Int32Array(unpack(bytes, 4));
export const unpackFloat4 = (bytes: Buffer): Float32Array => new Float32Array(unpack(bytes, 4));
export const unpackFloat8 = (bytes: Buffer): Float64Array => new Float64Array(unpack(bytes, 8));
