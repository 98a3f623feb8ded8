import { addScaled, backAndLearn, dense, gate, sigmoid } from './neumf-layers';
import { climb, dot, dotThree, Net, widthOf } from './neumf-net';
import { multiplyAdd } from './vector';

/** What is learned, and how. Rates and decay are f32. */
@unmanaged
export class Lesson {
  /** of each positive, in the order in which they are taken: user and item, i32 */
  row: usize;
  column: usize;
  /** number of the first positive of this task */
  first: usize;
  /** positives in a chunk; chunk c leaves its dense parameters and their moments as number c of `results` */
  step: usize;
  results: usize;
  /** all positives as compressed rows: what is in them is never drawn as a negative */
  start: usize;
  index: usize;
  itemCount: u32;
  negatives: u32;
  /** positives, each with its negatives, to one step of the dense parameters */
  batch: u32;
  seed: u32;
  rate: f32;
  embeddingRate: f32;
  decay: f32;
  /** β₁ᵗ and β₂ᵗ after the t steps that the dense parameters have made */
  power1: f32;
  power2: f32;
}

const BETA1: f32 = 0.9;
const BETA2: f32 = 0.999;
const EPSILON: f32 = 1e-8;
/** How often a negative is drawn again because it is a positive; then it is taken all the same. */
const TRIES: u32 = 8;

/** The thread's own room: a copy of the dense parameters with moments and gradient, then what one user's samples need. */
@unmanaged
class Room {
  parameters: usize;
  /** from a dense parameter to its moments and its gradient */
  first: usize;
  second: usize;
  gradient: usize;
  /** the user's half of the first layer, with the bias */
  base: usize;
  /** the sum of the first layer's slopes over the samples */
  slopes: usize;
  /** of all layers: activations and slopes */
  hidden: usize;
  slope: usize;
  /** gradients of the two embeddings */
  userGradient: usize;
  itemGradient: usize;
}

/**
 * One pass over the positives from … to − 1 of a task, each with negatives drawn at random: Adam on the dense parameters
 * after each batch, by the mean gradient (Kingma & Ba 2015); lazy Adam without bias correction on the embeddings of a
 * sample, at once. Loss: binary cross-entropy (He et al. 2017). Threads share the embeddings without locks, and each
 * has dense parameters of its own, which the caller averages.
 */
export function learnNeumf(scratch: usize, from: usize, to: usize, net: Net, lesson: Lesson): void {
  const room = changetype<Room>(scratch);
  furnish(room, net);
  memory.copy(room.parameters, net.dense, 3 * net.size);
  memory.fill(room.parameters + room.gradient, 0, net.size);
  let random = (lesson.seed ^ (<u32>((lesson.first + from + 1) * 0x9e3779b1))) | 1;
  let power1 = lesson.power1;
  let power2 = lesson.power2;
  let size: u32 = 0;
  for (let at = lesson.first + from; at < lesson.first + to; at++) {
    random = learnPositive(room, net, lesson, at, random);
    size++;
    if (size < lesson.batch && at + 1 < lesson.first + to) continue;
    power1 *= BETA1;
    power2 *= BETA2;
    stepDense(room, net.size, lesson.rate * (sqrt<f32>(1 - power2) / (1 - power1)), 1 / <f32>(size * (lesson.negatives + 1)));
    size = 0;
  }
  memory.copy(lesson.results + (from / lesson.step) * 3 * net.size, room.parameters, 3 * net.size);
}

function furnish(room: Room, net: Net): void {
  const width = widthOf(net, 0);
  const embedding = net.factors + net.input;
  room.parameters = changetype<usize>(room) + 64;
  room.first = net.size;
  room.second = 2 * net.size;
  room.gradient = 3 * net.size;
  room.base = room.parameters + 4 * net.size;
  room.slopes = room.base + width;
  room.hidden = room.slopes + width;
  room.slope = room.hidden + net.inner;
  room.userGradient = room.slope + net.inner;
  room.itemGradient = room.userGradient + embedding;
}

/** One positive and its negatives: the user's half of the first layer, and the user's step, once for all of them. */
function learnPositive(room: Room, net: Net, lesson: Lesson, at: usize, random: u32): u32 {
  const row: u32 = load<u32>(lesson.row + (at << 2));
  const embedding = net.factors + net.input;
  const user = net.users + <usize>row * embedding;
  const width = widthOf(net, 0);
  const half = net.input * (width >> 2);
  if (width) dense(user + net.factors, net.input, room.parameters, room.parameters + 2 * half, room.base, width);
  memory.fill(room.slopes, 0, width);
  memory.fill(room.userGradient, 0, net.factors);
  learnSample(room, net, lesson, user, load<u32>(lesson.column + (at << 2)), 1);
  for (let n: u32 = 0; n < lesson.negatives; n++) {
    let item: u32 = 0;
    for (let tries: u32 = 0; tries < TRIES; tries++) {
      random ^= random << 13;
      random ^= random >> 17;
      random ^= random << 5;
      item = <u32>((<u64>random * <u64>lesson.itemCount) >> 32);
      if (!has(lesson, row, item)) break;
    }
    learnSample(room, net, lesson, user, item, 0);
  }
  if (width) {
    addScaled(room.parameters + 2 * half + room.gradient, f32x4.splat(1), room.slopes, width);
    backAndLearn(user + net.factors, net.input, room.parameters, room.gradient, room.slopes, width, room.userGradient + net.factors);
  }
  stepEmbedding(user, room.userGradient, embedding, net, lesson);
  return random;
}

/** Whether the item is one of the user's positives. */
function has(lesson: Lesson, row: u32, item: u32): bool {
  let low: u32 = load<u32>(lesson.start + ((<usize>row) << 2));
  const end: u32 = load<u32>(lesson.start + ((<usize>row) << 2), 4);
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<u32>(lesson.index + ((<usize>middle) << 2)) < item) low = middle + 1;
    else high = middle;
  }
  return low < end && load<u32>(lesson.index + ((<usize>low) << 2)) == item;
}

/** Adds to the dense gradient and the user's; the item makes its step. Gradients point uphill, towards the label. */
function learnSample(room: Room, net: Net, lesson: Lesson, user: usize, number: u32, label: f32): void {
  const factors = net.factors;
  const item = net.items + <usize>number * (factors + net.input);
  const parameters = room.parameters;
  const width = widthOf(net, 0);
  const half = net.input * (width >> 2);
  if (width) dense(item + factors, net.input, parameters + half, room.base, room.hidden, width);
  const out = climb(net, parameters, room.hidden);
  const last = net.last;
  const top = room.hidden + net.inner - last;
  const bias = out + factors + last;
  const guess = sigmoid(dotThree(user, item, out, factors) + dot(top, out + factors, last) + load<f32>(bias));
  const error = label - guess;
  store<f32>(bias + room.gradient, load<f32>(bias + room.gradient) + error);
  learnGmf(room, user, item, out, factors, f32x4.splat(error));
  if (width) {
    learnLayers(room, net, out, last, error);
    addScaled(room.slopes, f32x4.splat(1), room.slope, width);
    backAndLearn(item + factors, net.input, parameters + half, room.gradient, room.slope, width, room.itemGradient + factors);
  }
  stepEmbedding(item, room.itemGradient, factors + net.input, net, lesson);
}

function learnGmf(room: Room, user: usize, item: usize, out: usize, factors: usize, error: v128): void {
  for (let at: usize = 0; at < factors; at += 16) {
    const p = v128.load(user + at);
    const q = v128.load(item + at);
    const w = v128.load(out + at);
    const slope = f32x4.mul(error, w);
    const gradient = out + room.gradient + at;
    v128.store(gradient, multiplyAdd(error, f32x4.mul(p, q), v128.load(gradient)));
    v128.store(room.userGradient + at, multiplyAdd(slope, q, v128.load(room.userGradient + at)));
    v128.store(room.itemGradient + at, f32x4.mul(slope, p));
  }
}

/** From the output back to the first layer's slopes. */
function learnLayers(room: Room, net: Net, out: usize, last: usize, error: f32): void {
  const weights = out + net.factors;
  let hidden = room.hidden + net.inner - last;
  let slope = room.slope + net.inner - last;
  addScaled(weights + room.gradient, f32x4.splat(error), hidden, last);
  for (let at: usize = 0; at < last; at += 16) v128.store(slope + at, f32x4.mul(f32x4.splat(error), v128.load(weights + at)));
  gate(slope, hidden, last);
  let width = last;
  let end = out;
  for (let layer = net.layers - 1; layer > 0; layer--) {
    const below = widthOf(net, layer - 1);
    const bias = end - width;
    const matrix = bias - below * (width >> 2);
    addScaled(bias + room.gradient, f32x4.splat(1), slope, width);
    hidden -= below;
    backAndLearn(hidden, below, matrix, room.gradient, slope, width, slope - below);
    slope -= below;
    gate(slope, hidden, below);
    width = below;
    end = matrix;
  }
}

function stepEmbedding(embedding: usize, gradient: usize, width: usize, net: Net, lesson: Lesson): void {
  const rate = f32x4.splat(lesson.embeddingRate);
  const decay = f32x4.splat(-lesson.decay);
  for (let at: usize = 0; at < width; at += 16) {
    const place = embedding + at;
    adam(place, multiplyAdd(decay, v128.load(place), v128.load(gradient + at)), net.first, net.second, rate);
  }
}

function stepDense(room: Room, size: usize, rate: f32, share: f32): void {
  for (let at: usize = 0; at < size; at += 16) {
    const place = room.parameters + at;
    adam(place, f32x4.mul(f32x4.splat(share), v128.load(place + room.gradient)), room.first, room.second, f32x4.splat(rate));
    v128.store(place + room.gradient, f32x4.splat(0));
  }
}

function adam(place: usize, gradient: v128, first: usize, second: usize, rate: v128): void {
  const m = multiplyAdd(f32x4.splat(1 - BETA1), f32x4.sub(gradient, v128.load(place + first)), v128.load(place + first));
  const square = f32x4.mul(gradient, gradient);
  const v = multiplyAdd(f32x4.splat(1 - BETA2), f32x4.sub(square, v128.load(place + second)), v128.load(place + second));
  v128.store(place + first, m);
  v128.store(place + second, v);
  const step = f32x4.div(f32x4.mul(rate, m), f32x4.add(f32x4.sqrt(v), f32x4.splat(EPSILON)));
  v128.store(place, f32x4.add(v128.load(place), step));
}
