/**
 * The compiled module: every kernel that TypeScript calls. Kernels work on addresses in the memory they are given
 * (math/kernels/arena.ts) and check nothing: their callers in math/kernels do.
 * The parallel ones begin with (scratch, from, to): the calling thread's own scratch, and its chunk of the work.
 */
export { moments, shift, shrunkCosines, weightedSum } from './blend';
export { addBytes } from './bytes';
export { substitute } from './cholesky';
export { gram, solveRows } from './ials';
export { panel, pivot, update } from './inverse';
export { learnNeumf } from './neumf';
export { scoreGmf, scoreNeumf, slopeNeumf } from './neumf-serve';
export { head, ranks } from './order';
export { addPostings } from './postings';
export { scoreRounded, topRounded } from './rounded';
export { descend } from './sgd';
export { score, scoreSome, top } from './topk';
