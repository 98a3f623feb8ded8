import type { Batch } from '../../../recommend/algorithm.ts';
import { NeumfScorer } from '../../../math/kernels/neumf-scorer.ts';
import { densePlaces, type NeumfNetwork } from '../../../math/kernels/neumf-network.ts';
import { longer } from '../../../math/longer.ts';
import { cell, rowIndex, rowValues, type SparseRows } from '../../../math/sparse.ts';
import { withChanged } from '../../../math/unseen.ts';
import type { RowSolver } from '../../../math/kernels/row-solver.ts';
import { climb } from './climb.ts';
import { gramOfHalves, solveHalf, solverOf } from './least-squares.ts';
import { isSolved, networkOf, type NcfModel } from './model.ts';
import { embeddingOf } from './viewer.ts';

/** Steps on the embedding of a film that is new. */
const PATH = { steps: 40, rate: 0.1 };
/** Viewers who stand for all who did not choose the film, and those who did, at most. */
const OTHERS = 256;
const FANS = 256;

/**
 * Gives films that training knew nothing of an embedding: some steps uphill on the likelihood of who chose the film (1) and
 * of other viewers (0), who count as much together as negatives do in training, from the mean of all films on. The network and
 * everybody else's embeddings stay as they are; viewers are folded in live. The half of a factorisation by least squares is solved for.
 */
export function update(model: NcfModel, { films, units, preferences }: Batch): NcfModel {
  const changed = withChanged(model, { units, rows: preferences });
  if (!changed) return model;
  const { unseen, newcomers } = changed;
  const trained = { ...model, audience: withoutUnseen(model) };
  const width = model.mean.length;
  const next = { ...model, ...unseen, items: longer(model.items, films.length * width), audience: longer(trained.audience, films.length) };
  const viewers = Array.from(newcomers.units, (unit, row) => placeOf(trained, unit, newcomers.rows, row));
  const solver = isSolved(model) ? solverOf(model.factors, gramOfHalves(model.users, width, model.factors)) : undefined;
  for (const film of newcomers.columns) {
    const fans = viewers.filter((_, row) => cell(newcomers.rows, row, film) > 0);
    next.audience[film] = fans.length;
    const places = fans.filter((place) => place !== undefined);
    next.items.set(places.length > 0 ? learned(trained, places.slice(-FANS), solver) : meanFilm(trained), film * width);
  }
  return next;
}

/** The audiences as training saw them. */
function withoutUnseen({ audience, columns, empty }: NcfModel): Int32Array {
  const seen = audience.slice();
  seen.fill(0, columns);
  for (const film of empty) seen[film] = 0;
  return seen;
}

/** The embedding of a viewer by the films that training knew; nothing where it knew none. */
function placeOf(model: NcfModel, unit: number, rows: SparseRows, row: number): Float32Array | undefined {
  const [films, weight] = [rowIndex(rows, row), rowValues(rows, row)];
  const none = new Int32Array(0);
  return embeddingOf(model, { unit, films, stars: new Float32Array(films.length), dismissed: none, preferences: { films, weight } })?.slice();
}

/** The embedding that fits those who chose the film. */
function learned(model: NcfModel, fans: readonly Float32Array[], solver: RowSolver | undefined): Float32Array {
  const width = model.mean.length;
  const trained = model.users.length / width;
  const others = Math.min(OTHERS, trained);
  const viewers = new Float32Array((fans.length + others) * width);
  fans.forEach((fan, i) => viewers.set(fan, i * width));
  for (let i = 0; i < others; i++) {
    const row = Math.floor((i * trained) / others);
    viewers.set(model.users.subarray(row * width, (row + 1) * width), (fans.length + i) * width);
  }
  const count = fans.length + others;
  const samples = {
    index: Int32Array.from({ length: count }, (_, i) => i),
    label: new Float32Array(count).fill(1, 0, fans.length),
    weight: new Float32Array(count).fill(1, 0, fans.length).fill((model.negatives * fans.length) / others, fans.length),
  };
  const scorer = new NeumfScorer(mirrored(networkOf(model), viewers), count, count);
  const zeros = (): Float32Array => new Float32Array(width);
  const climber = { embedding: meanFilm(model), slope: zeros(), first: zeros(), second: zeros() };
  for (let step = 0; step < PATH.steps; step++) {
    scorer.slope(climber.embedding, samples, climber.slope);
    climb(climber, PATH, step);
  }
  const index = Int32Array.from(fans.keys());
  if (solver) solveHalf(solver, { embeddings: viewers, index, of: trained }, climber.embedding);
  return climber.embedding;
}

/** The network with films as its users and these viewers as its items: the two halves of the first layer change places. */
function mirrored(network: NeumfNetwork, viewers: Float32Array): NeumfNetwork {
  const dense = network.dense.slice();
  const first = densePlaces(network).layers[0];
  if (first) {
    const half = (first.inputs * first.outputs) / 2;
    dense.copyWithin(first.weights, first.weights + half, first.weights + 2 * half);
    dense.set(network.dense.subarray(first.weights, first.weights + half), first.weights + half);
  }
  return { ...network, dense, users: network.items, items: viewers };
}

/** The mean of the films that have an audience. */
function meanFilm({ items, audience, mean }: NcfModel): Float32Array {
  const width = mean.length;
  const sum = new Float64Array(width);
  let known = 0;
  audience.forEach((viewers, film) => {
    if (viewers === 0) return;
    known++;
    for (let k = 0; k < width; k++) sum[k]! += items[film * width + k]!;
  });
  return Float32Array.from(sum, (value) => value / Math.max(1, known));
}
