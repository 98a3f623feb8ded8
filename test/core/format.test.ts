import fc from '../harness/properties.ts';
import { checksum, decode, encode } from '../../recommend/models/format.ts';
import type { Model } from '../../recommend/algorithm.ts';

const part = fc.oneof(
  fc.float32Array({ noNaN: true }),
  fc.float64Array({ noNaN: true }),
  fc.int32Array(),
  fc.uint32Array(),
  fc.uint16Array(),
  fc.uint8Array(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
  fc.string(),
);
const model = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), part) as fc.Arbitrary<Model>;

test('a model survives the way to the database and back', () => {
  fc.assert(
    fc.property(model, (original) => {
      expect(decode(encode(original))).toEqual({ ...original });
    }),
    { seed: 1 },
  );
});

test('a view into a larger array is stored as the view', () => {
  const { half } = decode(encode({ half: new Float32Array([1, 2, 3, 4]).subarray(1, 3) }));
  expect(half).toEqual(new Float32Array([2, 3]));
});

test('bytes from the database, which lie somewhere in a larger buffer, are read', () => {
  const bytes = encode({ a: new Float64Array([1.5]), b: 'x' });
  const among = Buffer.concat([Buffer.from('odd'), bytes]).subarray(3);
  expect(decode(among)).toEqual({ a: new Float64Array([1.5]), b: 'x' });
});

test('one changed bit changes the checksum', () => {
  const bytes = encode({ a: new Float32Array(10) });
  const before = checksum(bytes);
  bytes[bytes.length - 1]! ^= 1;
  expect(checksum(bytes)).not.toBe(before);
});
