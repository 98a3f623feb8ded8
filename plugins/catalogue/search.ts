import type { FilmPage, Slice } from './film-orders.ts';
import type { Parts } from './parts.ts';
import { ofFilters, type Filters } from './selections.ts';

export interface FoundFilms extends FilmPage {
  /** no title holds what was typed; these are spelt like it */
  readonly alike: boolean;
}

/** Of titles that are only spelt alike, those far less like it than the best one are left out. */
const likeTheBest = 0.7;

/** Films that match what was typed, typing mistakes forgiven: all whose titles hold it, else those that resemble it. */
export async function searchFilms(
  parts: Pick<Parts, 'sql' | 'index' | 'orders'>,
  text: string,
  slice: Slice,
  filters: Filters = {},
): Promise<FoundFilms> {
  const { sql, index, orders } = parts,
    { plain } = (await sql.one<{ plain: string }>('select plain_text($1) as plain', [text]))!;
  const scores = index.current().titles.scores(plain);
  if (scores) return { ...orders.scored(scores, slice, ofFilters(filters)), alike: false };
  return { ...orders.scored(await likeScores(parts, plain), slice, ofFilters(filters), likeTheBest), alike: true };
}

/** How like the text titles are, by position; NaN where they are not. */
async function likeScores({ sql, index }: Pick<Parts, 'sql' | 'index'>, plain: string): Promise<Float32Array> {
  const found = await sql.rows<{ id: number; score: number }>('select id, score from films_like($1)', [plain]),
    { size, position } = index.current();
  const scores = new Float32Array(size).fill(Number.NaN);
  for (const { id, score } of found) {
    const film = position(id);
    if (film !== undefined) scores[film] = score;
  }
  return scores;
}
