import { ials } from '../../../math/kernels/ials.ts';
import { densePlaces, embeddingWidth, initialNetwork, type NeumfNetwork, type NeumfShape } from '../../../math/kernels/neumf-network.ts';
import type { NeumfOptions, trainNeumf } from '../../../math/kernels/neumf.ts';
import type { SparseRows } from '../../../math/sparse.ts';
import type { Training } from '../../../recommend/algorithm.ts';
import { merged, type Branch } from './branches.ts';
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

/** Near those of Rendle et al. 2021 for ML-1M. */
const LEAST_SQUARES = { epochs: 12, regularisation: 0.006, unobserved: 0.3, exponent: 1, deviation: 0.1 };
/** Turns what least squares say (0 for most films, 1 for a certain positive) into logits: the logistic regression on ML-1M's training data. */
const LOGIT = { scale: 10, bias: -4 };

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

/** The factorisation with the vectors of implicit alternating least squares, and output weights of 1. */
async function leastSquares({ positives, settings: { factors }, random, signal, threads, progress }: Course, share: number): Promise<Branch> {
  const report = (fraction: number): void => {
    progress(fraction * share, 'implicit least squares');
    signal.throwIfAborted();
  };
  const { rows, columns } = await ials(positives, { ...LEAST_SQUARES, factors, random, signal, threads, progress: report });
  const scaled = (vectors: Float32Array): Float32Array => vectors.map((value) => value * Math.sqrt(LOGIT.scale));
  const output = new Float32Array(factors).fill(1);
  return { width: factors, users: scaled(rows), items: scaled(columns), output, bias: LOGIT.bias };
}
