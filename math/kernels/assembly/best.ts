export function laneOf(v: v128, lane: usize): f32 {
  if (lane < 2) return lane == 0 ? f32x4.extract_lane(v, 0) : f32x4.extract_lane(v, 1);
  return lane == 2 ? f32x4.extract_lane(v, 2) : f32x4.extract_lane(v, 3);
}

/** Puts a row where it belongs among the best; the one at place `last` falls out. */
export function insert(score: f32, row: usize, last: usize, index: usize, value: usize): void {
  let at = last << 2;
  while (at > 0 && load<f32>(value + at - 4) < score) {
    store<f32>(value + at, load<f32>(value + at - 4));
    store<i32>(index + at, load<i32>(index + at - 4));
    at -= 4;
  }
  store<f32>(value + at, score);
  store<u32>(index + at, row);
}
