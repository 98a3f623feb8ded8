/**
 * Writes the indices of the `into.length` largest finite scores into `into`, best first, and returns how many
 * there are. NaN and ±Infinity are passed over; of equal scores the lower index comes first.
 * A heap with the worst kept score on top: n log k at worst, no allocation.
 * @param allowed indices it says no to are passed over; asked only about those whose score is good enough
 */
export function topK(scores: Float32Array | Float64Array, into: Int32Array, allowed: (index: number) => boolean = all): number {
  const k = into.length;
  let size = 0;
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(scores[i]!)) continue;
    if (size === k && !(k > 0 && scores[i]! > scores[into[0]!]!)) continue;
    if (!allowed(i)) continue;
    if (size < k) siftUp(scores, into, size++, i);
    else siftDown(scores, into, size, i);
  }
  for (let end = size - 1; end > 0; end--) {
    const worst = into[0]!;
    siftDown(scores, into, end, into[end]!);
    into[end] = worst;
  }
  return size;
}

const all = (): boolean => true;

const worse = (scores: Float32Array | Float64Array, a: number, b: number): boolean => scores[a]! < scores[b]! || (scores[a]! === scores[b]! && a > b);

/** Adds `item` at the free place `hole`. */
function siftUp(scores: Float32Array | Float64Array, heap: Int32Array, hole: number, item: number): void {
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    if (!worse(scores, item, heap[parent]!)) break;
    heap[hole] = heap[parent]!;
    hole = parent;
  }
  heap[hole] = item;
}

/** Puts `item` in the place of the top. */
function siftDown(scores: Float32Array | Float64Array, heap: Int32Array, size: number, item: number): void {
  let hole = 0;
  for (let child = 1; child < size; child = 2 * hole + 1) {
    if (child + 1 < size && worse(scores, heap[child + 1]!, heap[child]!)) child++;
    if (!worse(scores, heap[child]!, item)) break;
    heap[hole] = heap[child]!;
    hole = child;
  }
  heap[hole] = item;
}
