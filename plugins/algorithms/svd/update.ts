import type { Batch } from '../../../recommend/algorithm.ts';
import { longer } from '../../../math/longer.ts';
import { norm, rowIndex, rowValues, type SparseRows } from '../../../math/sparse.ts';
import { withChanged, type Newcomers } from '../../../math/unseen.ts';
import { columnScale, dot, rowScale, type SvdModel } from './model.ts';

/**
 * Folds films in that training knew nothing of: the row of V that the viewers' places give, Σ⁻² · column · A · V, where the
 * trained rows stay as they are (folding-in, Berry, Dumais & O'Brien, SIAM Review 37, 1995). Viewers need no update: they are
 * folded in live.
 */
export function update(model: SvdModel, { films, units, preferences }: Batch): SvdModel {
  const changed = withChanged(model, { units, rows: preferences });
  if (!changed) return model;
  const { unseen, newcomers } = changed;
  const { rank, singular } = model;
  const next = {
    ...model,
    ...unseen,
    factors: longer(model.factors, films.length * rank),
    length: longer(model.length, films.length),
    scale: longer(model.scale, films.length),
  };
  forget(next, model, newcomers);
  const place = new Map(Array.from(newcomers.columns, (film, i) => [film, i]));
  const sums = new Float64Array(newcomers.columns.length * rank);
  const squares = new Float64Array(newcomers.columns.length);
  for (let row = 0; row < newcomers.units.length; row++) add(model, newcomers.rows, row, place, sums, squares);
  newcomers.columns.forEach((film, i) => {
    next.scale[film] = columnScale(Math.sqrt(squares[i]!), model.damping);
    for (let c = 0; c < rank; c++)
      next.factors[film * rank + c] = singular[c]! > 0 ? (next.scale[film] * sums[i * rank + c]!) / singular[c]! ** 2 : 0;
    const columns = Float64Array.from(singular, (value, c) => value * next.factors[film * rank + c]!);
    next.length[film] = Math.sqrt(dot(columns, 0, columns, 0, rank));
  });
  return next;
}

/** Films that the update before gave a place to, and that nobody has any more. */
function forget({ factors, length, rank }: SvdModel, { laterIndex, empty, columns }: SvdModel, { columns: now }: Newcomers): void {
  const stays = new Set(now);
  const none = new Set(empty);
  for (const film of new Set(laterIndex)) {
    if (stays.has(film) || (film < columns && !none.has(film))) continue;
    factors.fill(0, film * rank, (film + 1) * rank);
    length[film] = 0;
  }
}

/** What one viewer adds: to each newcomer of the viewer's the viewer's place among the dimensions, by the balanced preference. */
function add(
  { factors, scale, length, rank, columns }: SvdModel,
  rows: SparseRows,
  row: number,
  place: ReadonlyMap<number, number>,
  sums: Float64Array,
  squares: Float64Array,
): void {
  const [films, weight] = [rowIndex(rows, row), rowValues(rows, row)];
  const balance = rowScale(norm(weight));
  const taste = new Float64Array(rank);
  films.forEach((film, i) => {
    if (film >= columns || place.has(film) || !length[film]) return;
    for (let c = 0; c < rank; c++) taste[c]! += weight[i]! * balance * scale[film]! * factors[film * rank + c]!;
  });
  films.forEach((film, i) => {
    const at = place.get(film);
    if (at === undefined) return;
    squares[at]! += weight[i]! ** 2;
    for (let c = 0; c < rank; c++) sums[at * rank + c]! += weight[i]! * balance * taste[c]!;
  });
}
