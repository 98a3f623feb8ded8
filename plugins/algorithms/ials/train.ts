import type { Training, TrainingData } from '../../../recommend/algorithm.ts';
import { gramOf, ials } from '../../../math/kernels/ials.ts';
import { aboveZero, type SparseRows } from '../../../math/sparse.ts';
import type { IalsModel } from './model.ts';
import { countedPairs } from './update.ts';

export interface IalsSettings {
  readonly factors: number;
  readonly epochs: number;
  readonly unobserved: number;
  readonly regularisation: number;
  readonly exponent: number;
}

/** Standard deviation of a film's first, random vector. */
const deviation = 0.1;

export async function train({ films, units, preferences }: TrainingData, training: Training<IalsSettings>): Promise<IalsModel> {
  const { settings, random, threads, signal, progress } = training;
  const { factors, unobserved, regularisation, exponent } = settings;
  progress(0, 'collecting what viewers like');
  signal.throwIfAborted();
  const likes = aboveZero(preferences);
  const learnt = await ials(likes, {
    ...settings,
    deviation,
    random,
    threads,
    signal,
    progress: (fraction) => progress(fraction * 0.98, 'solving for viewers and films'),
  });
  const evidence = evidenceOf(likes);
  const model = { factors, items: learnt.columns, gram: gramOf(learnt.columns, factors), unobserved, regularisation, exponent, evidence };
  const viewers = { viewerGram: gramOf(learnt.rows, factors), viewers: films.length > 0 ? units.length : 0 },
    trained = films.length;
  progress(1, 'done');
  return { ...model, ...viewers, trained, ...countedPairs(likes, units, evidence) };
}

function evidenceOf({ columns, index, value }: SparseRows): Float32Array {
  const evidence = new Float32Array(columns);
  index.forEach((film, e) => {
    evidence[film]! += value[e]!;
  });
  return evidence;
}
