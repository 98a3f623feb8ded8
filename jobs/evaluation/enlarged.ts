import type { Batch, FilmFacts } from '../../recommend/algorithm.ts';
import type { Trained } from './contestants.ts';
import type { Score } from './rank.ts';

/**
 * The same models in a catalogue of so many films, which are served in another way when they are many: films of which nothing
 * is known come by an update, as on a site; an algorithm without one stays as it is. One viewer, of whom nothing else is known,
 * likes the last of them, so that algorithms which count films by their viewers know of all. No list is made of them.
 */
export function enlarged(trained: readonly Trained[], known: readonly FilmFacts[], count: number): Promise<Trained[]> {
  const batch = batchOf(known, count);
  return Promise.all(
    trained.map(async (one) => {
      const { algorithm, model, settings } = one;
      return algorithm.update ? { ...one, model: await algorithm.update(model, batch, settings) } : one;
    }),
  );
}

/** Scores of the films that were known before, by models of `count` films. */
export function ofThoseKnown(score: Score, count: number): Score {
  const all = new Float32Array(count);
  return (viewer, out) => {
    score(viewer, all.fill(NaN));
    out.set(all.subarray(0, out.length));
  };
}

function batchOf(known: readonly FilmFacts[], count: number): Batch {
  const blank = { title: '', year: null, genres: [], keywords: [], directors: [], cast: [], plot: '' },
    last = known.reduce((most, { id }) => Math.max(most, id), 0);
  const films = [...known, ...Array.from({ length: count - known.length }, (_, i) => ({ ...blank, id: last + 1 + i }))];
  const row = { rows: 1, columns: count, start: Int32Array.of(0, 1), index: Int32Array.of(count - 1), value: Float32Array.of(1) };
  return { films, units: Int32Array.of(2 ** 31 - 1), ratings: row, preferences: row };
}
