/** A copy with zeros behind it: `length` long, or as long as the values where they are longer already. */
export function longer<T extends Float32Array | Int32Array>(values: T, length: number): T {
  const all = new (values.constructor as new (length: number) => T)(Math.max(length, values.length));
  all.set(values);
  return all;
}
