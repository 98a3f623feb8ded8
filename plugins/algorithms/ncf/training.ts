import { densePlaces, embeddingWidth, initialNetwork, type NeumfNetwork, type NeumfShape } from '../../../math/kernels/neumf-network.ts';
import type { NeumfOptions, trainNeumf } from '../../../math/kernels/neumf.ts';
import type { SparseRows } from '../../../math/sparse.ts';
import type { Training } from '../../../recommend/algorithm.ts';
import { merged, type Branch } from './branches.ts';
import { leastSquares } from './least-squares.ts';
import type { Settings } from './settings.ts';

/** What is trained, with what. */
export interface Course extends Training<Settings> {
  /** viewers × films: an entry for each film that speaks for a viewer's taste */
  readonly positives: SparseRows;
  readonly train: typeof trainNeumf;
}

/** Less data is gone through more often, until so many positives were seen, but not more than `MOST_EPOCHS` times. */
const ENOUGH = 150_000;
const MOST_EPOCHS = 60;

/** The network that the settings ask for, trained. Throws the signal's reason. */
export async function trainNetwork(course: Course): Promise<NeumfNetwork> {
  const { settings, positives } = course;
  const { model, pretrain, jointEpochs } = settings;
  const whole = shapeOf(settings);
  if (model !== 'neumf' || pretrain === 'none') return alone(course, whole, [0, 1], 'the network');
  const epochs = epochsOf(course);
  const total = epochs * (pretrain === 'ials' ? 1 : 2) + jointEpochs + 1;
  const half = pretrain === 'ials' ? 1 / total : (epochs + 1) / total;
  const before = 1 - jointEpochs / total;
  const gmf = pretrain === 'ials' ? await leastSquares(course, half) : await trainedGmf(course, half);
  const mlp = branchOf(await alone(course, { ...whole, factors: 0 }, [half, before], 'the perceptron'));
  const joined = merged(gmf, mlp, settings.perceptronShare);
  const rate = settings.jointRate;
  return course.train(joined, positives, options(course, { epochs: jointEpochs, rate, embeddingRate: rate }, [before, 1], 'both parts together'));
}

/** Hidden layers, the first the widest, each half as wide as the one below. */
function shapeOf({ model, factors, layers, width }: Settings): NeumfShape {
  const tower = Array.from({ length: layers }, (_, layer) => width * 2 ** (layers - 1 - layer));
  return { factors: model === 'mlp' ? 0 : factors, layers: model === 'gmf' ? [] : tower };
}

const epochsOf = ({ settings: { epochs }, positives }: Course): number =>
  Math.max(epochs, Math.min(MOST_EPOCHS, Math.ceil(ENOUGH / Math.max(1, positives.index.length))));

function options(course: Course, more: Partial<NeumfOptions>, [from, to]: readonly [number, number], what: string): NeumfOptions {
  const { settings, random, signal, threads, progress } = course;
  const { negatives, batch, learningRate } = settings;
  const epochs = epochsOf(course);
  // However many passes there are, the last ones make the same small steps.
  const cooling = settings.cooling ** (settings.epochs / epochs);
  const report = (fraction: number): void => {
    progress(from + fraction * (to - from) * 0.999, `training ${what}`);
    signal.throwIfAborted();
  };
  return {
    epochs,
    negatives,
    batch,
    rate: learningRate,
    embeddingRate: learningRate,
    cooling,
    decay: 0,
    random,
    signal,
    threads,
    progress: report,
    ...more,
  };
}

/** Trained from random numbers on. */
async function alone(course: Course, shape: NeumfShape, part: readonly [number, number], what: string): Promise<NeumfNetwork> {
  const { positives, random } = course;
  return course.train(initialNetwork(shape, positives.rows, positives.columns, random), positives, options(course, {}, part, what));
}

/** A network that has only one part, as that part. */
function branchOf(network: NeumfNetwork): Branch & { readonly network: NeumfNetwork } {
  const { output, bias } = densePlaces(network);
  const { users, items, dense } = network;
  return { width: embeddingWidth(network), network, users, items, output: dense.subarray(output, bias), bias: dense[bias]! };
}

const trainedGmf = async (course: Course, share: number): Promise<Branch> =>
  branchOf(await alone(course, { ...shapeOf(course.settings), layers: [] }, [0, share], 'the factorisation'));
