/** Whether an ascending array has the number: a binary search. */
export function contains(ascending: Int32Array, number: number): boolean {
  let from = 0,
    to = ascending.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (ascending[middle]! < number) from = middle + 1;
    else to = middle;
  }
  return ascending[from] === number;
}
