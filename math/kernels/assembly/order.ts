/** Digits of a key, least first, as the sort takes them: three of 11 bits. */
const BUCKETS: u32 = 2048;
/** Bytes of the sort's counters. */
const COUNTERS: usize = 3 * 2048 * 4;
/** One group of four numbers in so many is looked at to guess where the best begin. */
const SPARSELY: usize = 16;
/** By the upper bits of their keys the numbers that are looked at are counted: sign, exponent and three bits more. */
const COARSE: u32 = 12;

/** A whole number that is the smaller the larger `x` is; for 0 and −0 the same. */
function keyOf(x: f32): u32 {
  const bits = reinterpret<u32>(x + 0);
  return bits ^ (bits >> 31 ? 0 : 0x7fff_ffff);
}

/** The smallest number that has a key with these upper bits, or a larger number. */
function smallestOf(coarse: u32): f32 {
  const key = ((coarse + 1) << (32 - COARSE)) - 1;
  return reinterpret<f32>(key ^ (key >> 31 ? 0 : 0x7fff_ffff));
}

const isFinite32 = (x: f32): bool => x - x == 0;

/**
 * Puts the finite numbers ≥ `least` into the room, as keys and places, ascending by place.
 * The room holds counters, then four arrays of `count` (a multiple of four) whole numbers: keys, places, and both again.
 * @returns how many there are
 */
function gather(values: usize, count: usize, least: f32, room: usize): usize {
  const keys = room + COUNTERS;
  const places = keys + (count << 2);
  const limit = f32x4.splat(least);
  let found: usize = 0;
  for (let i: usize = 0; i < count; i += 4) {
    if (!v128.any_true(f32x4.ge(v128.load(values + (i << 2)), limit))) continue;
    for (let at = i; at < i + 4; at++) {
      const x = load<f32>(values + (at << 2));
      if (!(x >= least) || !isFinite32(x)) continue;
      store<u32>(keys + (found << 2), keyOf(x));
      store<u32>(places + (found << 2), <u32>at);
      found++;
    }
  }
  return found;
}

/** Sorts what was gathered by keys, equal ones by place: radix sort (LSD). Gives the address of the sorted keys; the places lie `count` numbers behind. */
function sort(count: usize, found: usize, room: usize): usize {
  const end = found << 2;
  let keys = room + COUNTERS;
  let other = keys + (count << 3);
  memory.fill(room, 0, COUNTERS);
  for (let at: usize = 0; at < end; at += 4) {
    const key = load<u32>(keys + at);
    for (let digit: u32 = 0; digit < 3; digit++) {
      const counter = room + (((digit << 11) + ((key >> (11 * digit)) & (BUCKETS - 1))) << 2);
      store<u32>(counter, load<u32>(counter) + 1);
    }
  }
  for (let digit: u32 = 0; digit < 3; digit++) {
    const counters = room + (digit << 13);
    let before: u32 = 0;
    for (let at: usize = 0; at < BUCKETS << 2; at += 4) {
      const here = load<u32>(counters + at);
      store<u32>(counters + at, before);
      before += here;
    }
    for (let at: usize = 0; at < end; at += 4) {
      const key = load<u32>(keys + at);
      const counter = counters + (((key >> (11 * digit)) & (BUCKETS - 1)) << 2);
      const to: usize = load<u32>(counter);
      store<u32>(counter, <u32>to + 1);
      store<u32>(other + (to << 2), key);
      store<u32>(other + ((count + to) << 2), load<u32>(keys + at + (count << 2)));
    }
    const sorted = other;
    other = keys;
    keys = sorted;
  }
  return keys;
}

/** A number that a few more than the `k` best exceed, by a sample of them. */
function guess(values: usize, count: usize, k: usize, room: usize): f32 {
  memory.fill(room, 0, 4 << COARSE);
  for (let i: usize = 0; i < count; i += 4 * SPARSELY) {
    for (let at = i; at < i + 4; at++) {
      const x = load<f32>(values + (at << 2));
      if (!isFinite32(x)) continue;
      const counter = room + ((keyOf(x) >> (32 - COARSE)) << 2);
      store<u32>(counter, load<u32>(counter) + 1);
    }
  }
  const wanted: u32 = <u32>((k + (k >> 1)) / SPARSELY) + 8;
  let sum: u32 = 0;
  for (let coarse: u32 = 0; coarse < 1 << COARSE; coarse++) {
    sum += load<u32>(room + (coarse << 2));
    if (sum >= wanted) return smallestOf(coarse);
  }
  return -f32.MAX_VALUE;
}

/**
 * The places of the `k` largest finite numbers, best first, in `index`; of equals the lower place comes first. `count` is a
 * multiple of four, and the room as gather() wants it.
 * @returns how many there are
 */
export function head(values: usize, count: usize, k: usize, index: usize, room: usize): usize {
  let found = gather(values, count, guess(values, count, k, room), room);
  if (found < k) found = gather(values, count, -f32.MAX_VALUE, room);
  const keys = sort(count, found, room);
  found = min(found, k);
  memory.copy(index, keys + (count << 2), found << 2);
  return found;
}

/**
 * Turns numbers into ranks, in place: 1 for the largest finite one, falling evenly to 0 for the smallest. Equal ones share the
 * mean of their ranks; what is not finite becomes NaN. `count` and the room as for head().
 * @returns how many are finite
 */
export function ranks(values: usize, count: usize, room: usize): usize {
  const found = gather(values, count, -f32.MAX_VALUE, room);
  const keys = sort(count, found, room);
  const places = keys + (count << 2);
  const last: f64 = max<f64>(1, <f64>found - 1);
  for (let at = values; at < values + (count << 2); at += 4) store<f32>(at, NaN);
  let to: usize = 0;
  for (let from: usize = 0; from < found; from = to) {
    const key = load<u32>(keys + (from << 2));
    to = from + 1;
    while (to < found && load<u32>(keys + (to << 2)) == key) to++;
    const mean = <f32>(1 - <f64>(from + to - 1) / 2 / last);
    for (let i = from; i < to; i++) store<f32>(values + ((<usize>load<u32>(places + (i << 2))) << 2), mean);
  }
  return found;
}
