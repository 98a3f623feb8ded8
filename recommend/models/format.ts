import { createHash } from 'node:crypto';
import type { Model, ModelPart } from '../algorithm.ts';
import { AppError } from '../../core/errors.ts';

const arrays = { Float32Array, Float64Array, Int32Array, Uint32Array, Uint16Array, Uint8Array } as const;
type ArrayName = keyof typeof arrays;
interface Part {
  readonly type: ArrayName;
  readonly offset: number;
  readonly length: number;
}
interface Header {
  readonly scalars: Record<string, number | string>;
  readonly parts: Record<string, Part>;
}

/** Typed arrays start at multiples of this many bytes, the largest element. */
const alignment = 8;
const align = (n: number): number => Math.ceil(n / alignment) * alignment;

export const checksum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A model as bytes: length of the header (u32), header as JSON, then the arrays, aligned. Little-endian. */
export function encode(model: Model): Uint8Array {
  const header: Header = { scalars: {}, parts: {} };
  let end = 0;
  for (const [name, part] of Object.entries(model)) {
    if (typeof part !== 'object') {
      header.scalars[name] = part;
      continue;
    }
    header.parts[name] = { type: part.constructor.name as ArrayName, offset: end, length: part.length };
    end = align(end + part.byteLength);
  }
  const text = Buffer.from(JSON.stringify(header));
  const start = align(4 + text.length);
  const bytes = new Uint8Array(start + end);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  for (const [name, { offset }] of Object.entries(header.parts))
    bytes.set(bytesOf(model[name] as Exclude<ModelPart, number | string>), start + offset);
  return bytes;
}

/**
 * The model behind `encode`. The arrays are views of one copy of the bytes.
 * @throws AppError for bytes that `encode` did not make
 */
export function decode(source: Uint8Array): Model {
  const bytes = new Uint8Array(source); // a copy of its own, so that the arrays are aligned; a Buffer's slice is none
  const { header, start } = headerOf(bytes.buffer);
  const model: Record<string, ModelPart> = { ...header.scalars };
  for (const [name, { type, offset, length }] of Object.entries(header.parts)) {
    if (!(type in arrays)) throw new AppError('MODEL_FORMAT', 500, `A model holds a part of the unknown type ${type}. Train it again.`);
    model[name] = new arrays[type](bytes.buffer, start + offset, length);
  }
  return model;
}

function headerOf(buffer: ArrayBuffer): { header: Header; start: number } {
  try {
    const size = new DataView(buffer).getUint32(0, true);
    const header = JSON.parse(Buffer.from(buffer, 4, size).toString()) as Header,
      start = align(4 + size);
    const end = Math.max(
      start,
      ...Object.values(header.parts).map(({ type, offset, length }) => start + offset + length * (arrays[type]?.BYTES_PER_ELEMENT ?? 1)),
    );
    if (end > buffer.byteLength || typeof header.scalars !== 'object') throw new RangeError('its parts end after the bytes do');
    return { header, start };
  } catch (error) {
    throw new AppError('MODEL_FORMAT', 500, 'The header of a model cannot be read. Train it again.', {}, error);
  }
}

const bytesOf = (part: Exclude<ModelPart, number | string>): Uint8Array => new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
