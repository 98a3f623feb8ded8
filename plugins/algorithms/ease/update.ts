import type { Batch } from '../../../recommend/algorithm.ts';
import { rowIndex, rowValues } from '../../../math/sparse.ts';
import { withChanged, type Newcomers } from '../../../math/unseen.ts';
import { grown, inverseTimes, without, type Border } from './border.ts';
import type { EaseModel } from './model.ts';

interface Settings {
  readonly regularisation: number;
  readonly dropout: number;
}

/**
 * Gives films that training knew nothing of a row and a column: the border of the inverse when one film joins, by its Schur
 * complement. Weights between trained films stay as they are, and newcomers lean on trained films only.
 */
export function update(model: EaseModel, { units, preferences }: Batch, settings: Settings): EaseModel {
  const changed = withChanged(model, { units, rows: preferences });
  if (!changed) return model;
  const { unseen, newcomers } = changed;
  const trained = without(model, isUnseen(model));
  const borders = Array.from(newcomers.columns, (film) => borderOf(trained, film, newcomers, settings));
  return { ...grown(trained, borders), ...unseen };
}

function isUnseen({ columns, empty }: EaseModel): (film: number) => boolean {
  const none = new Set(empty);
  return (film) => film >= columns || none.has(film);
}

/**
 * Of the inverse (P + …, −P g / s; …, 1 / s), where g holds the film's products with the trained ones, γ that with itself,
 * and s = γ − g · P g, which is λ at least.
 */
function borderOf(trained: EaseModel, film: number, { rows }: Newcomers, { regularisation, dropout }: Settings): Border {
  const place = new Map(Array.from(trained.films, (one, i) => [one, i]));
  const products = new Float64Array(trained.films.length);
  let own = 0;
  for (let row = 0; row < rows.rows; row++) {
    const [films, weight] = [rowIndex(rows, row), rowValues(rows, row)];
    const at = films.indexOf(film);
    if (at < 0) continue;
    own += weight[at]! ** 2;
    films.forEach((other, i) => {
      const to = place.get(other);
      if (to !== undefined) products[to]! += weight[at]! * weight[i]!;
    });
  }
  const column = inverseTimes(trained, products);
  const explained = column.reduce((sum, value, i) => sum + value * products[i]!, 0);
  return { film, column, complement: Math.max(regularisation, own / (1 - dropout) + regularisation - explained) };
}
