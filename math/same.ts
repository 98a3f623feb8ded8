/** Whether both have the same numbers in the same places, NaN being the same as NaN. */
export function sameNumbers(a: Readonly<ArrayLike<number>>, b: Readonly<ArrayLike<number>>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!,
      y = b[i]!;
    if (x !== y && !(Number.isNaN(x) && Number.isNaN(y))) return false;
  }
  return true;
}
