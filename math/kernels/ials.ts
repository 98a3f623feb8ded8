import { normal } from '../random.ts';
import { transpose, type SparseRows } from '../sparse.ts';
import { Arena, gather } from './arena.ts';
import { LANES, padded, solvingScratch } from './sizes.ts';
import { together, type Team, type Work } from './threads.ts';

export { foldIn, gramOf, type FoldIn } from './fold-in.ts';

export interface IalsOptions extends Work {
  factors: number;
  epochs: number;
  regularisation: number;
  /** α₀, the weight of every cell, observed or not */
  unobserved: number;
  /** ν: how much the regularisation grows with the number of entries */
  exponent: number;
  /** σ of the start, whose numbers have the standard deviation σ/√factors */
  deviation: number;
  random: () => number;
}

export interface Factors {
  readonly factors: number;
  /** rows × factors */
  readonly rows: Float32Array;
  /** columns × factors */
  readonly columns: Float32Array;
}

/** Rows that a thread takes at a time. */
const CHUNK = 64;

/**
 * The regularisation of one row: regularisation · (n + α₀ · others)^ν, where n is its total weight (its number of
 * entries where all weights are 1) and `others` the number of vectors on the other side (Rendle et al. 2021).
 */
export const ridge = (
  { regularisation, unobserved, exponent }: Pick<IalsOptions, 'regularisation' | 'unobserved' | 'exponent'>,
  weight: number,
  others: number,
): number => regularisation * (weight + unobserved * others) ** exponent;

/**
 * Matrix factorisation for implicit feedback by alternating least squares (Hu, Koren & Volinsky 2008), with the
 * regularisation of Rendle et al. 2021: minimises Σ w (1 − x·y)² over the entries, each with its weight w ≥ 0,
 * + α₀ Σ (x·y)² over all cells + Σ ridge · |x|² over all rows and columns. Rows first, then columns, each exactly.
 * A row or column without entries has the vector 0. The same bits for any number of threads.
 * Throws RangeError for a weight below 0, and where the regularisation is too small for single precision.
 */
export async function ials(matrix: SparseRows, options: IalsOptions): Promise<Factors> {
  if (!(options.regularisation > 0)) throw new RangeError(`The regularisation must be above 0; it is ${options.regularisation}.`);
  const arena = new Arena();
  const stride = padded(options.factors, LANES);
  const rows = side(arena, matrix, matrix.columns, stride, options);
  const columns = side(arena, transpose(matrix), matrix.rows, stride, options);
  const gram = arena.f32(stride * stride);
  scatter(columns, stride, options);
  await together(arena, options, solvingScratch(stride), async (team) => {
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      await solveSide(team, rows, columns, gram, options);
      options.progress?.((epoch + 0.5) / options.epochs);
      await solveSide(team, columns, rows, gram, options);
      options.progress?.((epoch + 1) / options.epochs);
    }
  });
  const [x, y] = [rows, columns].map(({ vectors }) => gather(vectors, stride, options.factors));
  if (![x!, y!].every((side) => side.every(Number.isFinite)))
    throw new RangeError(`The regularisation ${options.regularisation} is too small: a row's equations have no solution in single precision.`);
  return { factors: options.factors, rows: x!, columns: y! };
}

/** The rows, or the columns, of the matrix in the arena. */
interface Side {
  readonly count: number;
  /** count × stride: the kernels want whole vectors */
  readonly vectors: Float32Array;
  readonly start: Int32Array;
  readonly index: Int32Array;
  /** √weight of each entry */
  readonly root: Float32Array;
  /** of each row */
  readonly ridge: Float32Array;
}

function side(arena: Arena, matrix: SparseRows, others: number, stride: number, options: IalsOptions): Side {
  const { rows, start, index, value } = matrix;
  const made = {
    count: rows,
    vectors: arena.f32(rows * stride),
    start: arena.i32(rows + 1),
    index: arena.i32(index.length),
    root: arena.f32(index.length),
    ridge: arena.f32(rows),
  };
  made.start.set(start);
  made.index.set(index);
  for (let row = 0; row < rows; row++) {
    let weight = 0;
    for (let e = start[row]!; e < start[row + 1]!; e++) {
      if (!(value[e]! >= 0)) throw new RangeError(`The weight ${value[e]} is not a number of at least 0.`);
      weight += value[e]!;
      made.root[e] = Math.sqrt(value[e]!);
    }
    made.ridge[row] = ridge(options, weight, others);
  }
  return made;
}

/** Random vectors; the first epoch begins with the rows, so that only the columns need them. */
function scatter({ count, vectors }: Side, stride: number, { factors, deviation, random }: IalsOptions): void {
  const scale = deviation / Math.sqrt(factors);
  for (let row = 0; row < count; row++) for (let f = 0; f < factors; f++) vectors[row * stride + f] = scale * normal(random);
}

/** Gives one side the vectors that are best for the other's. */
async function solveSide(
  { run }: Team,
  { count, ...side }: Side,
  others: Side,
  gram: Float32Array,
  { unobserved, threads = 1 }: IalsOptions,
): Promise<void> {
  const width = others.vectors.byteLength / others.count;
  const tiles = width / 16;
  gram.fill(0);
  const same = [others.vectors.byteOffset, others.count, width, gram.byteOffset];
  await run({ kernel: 'gram', total: tiles, step: Math.ceil(tiles / threads), same });
  for (let i = 0; i < gram.length; i++) gram[i]! *= unobserved;
  const arrays = [side.vectors, others.vectors, gram, side.start, side.index, side.root, side.ridge];
  await run({ kernel: 'solveRows', total: count, step: CHUNK, same: [...arrays.map((array) => array.byteOffset), width] });
}
