import { z } from 'zod';
import { defineAlgorithm } from '../../../core/plugin.ts';
import type { Position } from '../../../recommend/algorithm.ts';
import { shares } from '../../../math/shares.ts';
import { Postings } from '../../../math/kernels/postings.ts';
import { finish, type Slices } from '../../../math/slices.ts';
import { transposeInSlices, type SparseRows } from '../../../math/sparse.ts';
import { featureRows } from './features.ts';
import { gatherVocabulary, readVocabulary } from './vocabulary.ts';

type ContentModel = {
  /** films × terms as sparse rows */
  readonly start: Int32Array;
  readonly term: Int32Array;
  readonly weight: Float32Array;
  /** the terms and how telling each is, for films that come later */
  readonly vocabulary: string;
  readonly idf: Float32Array;
};

const weight = z.number().min(0).max(10);
const settings = z.object({
  genres: weight.default(0.1).describe('How much genres count'),
  keywords: weight.default(0.5).describe('How much keywords count'),
  directors: weight.default(0.5).describe('How much directors count'),
  cast: weight.default(1).describe('How much the cast counts'),
  plot: weight.default(1).describe('How much the words of the plot count'),
});

/**
 * Content-based filtering: the viewer's profile is the sum of the features of the films in the history, each times the
 * viewer's preference for it (negative for what was disliked), after Rocchio 1971. Needs nobody else's ratings, so a new
 * film can be recommended as soon as an update has read its features, by the vocabulary of the last training.
 */
export default defineAlgorithm({
  id: 'content',
  title: 'Alike in content',
  description: 'Recommends films whose genres, keywords, people and plot are like those of the films that the viewer likes.',
  settings,

  train(data, { settings: weights, signal, progress }): ContentModel {
    progress(0, 'reading features');
    signal.throwIfAborted();
    const stored = gatherVocabulary(data.films, weights);
    const { start, index, value } = featureRows(data.films, readVocabulary(stored), (fraction) => {
      progress(0.5 + fraction * 0.49, 'weighing features');
      signal.throwIfAborted();
    });
    progress(1, 'done');
    return { start, term: index, weight: value, ...stored };
  },

  /** Films that are new get features and so neighbours; those of the model keep theirs. Without new films it is the same model. */
  update(model, { films }) {
    const added = films.slice(filmsOf(model));
    return added.length > 0 ? append(model, featureRows(added, readVocabulary(model))) : model;
  },

  *prepare(model) {
    if (!postings.has(model)) postings.set(model, yield* turn(model));
    yield* byTerm(model).prepare();
  },

  score(model, viewer, out) {
    const { films, weight } = viewer.preferences;
    if (!films.some((film) => hasFeatures(model, film))) return void out.fill(NaN);
    const terms = byTerm(model);
    films.forEach((film, i) => addFilm(model, film, weight[i]!, terms.weights));
    terms.sum(out);
    out.fill(NaN, filmsOf(model));
  },

  explain(model, viewer, film, most) {
    const { films, weight } = viewer.preferences,
      features = addFilm(model, film, 1, emptyProfile(model));
    const parts = new Float64Array(films.length);
    for (let i = 0; i < films.length; i++) if (films[i] !== film && weight[i]! > 0) parts[i] = weight[i]! * compare(model, films[i]!, features);
    return shares(films, parts, most);
  },

  similar(model, film, out) {
    out.fill(NaN);
    if (!hasFeatures(model, film)) return;
    const terms = byTerm(model);
    addFilm(model, film, 1, terms.weights);
    terms.sum(out);
    out[film] = NaN;
  },
});

const filmsOf = ({ start }: ContentModel): number => start.length - 1;
const hasFeatures = (model: ContentModel, film: Position): boolean => film < filmsOf(model) && model.start[film + 1]! > model.start[film]!;

function append(model: ContentModel, { start, index, value }: SparseRows): ContentModel {
  const entries = model.term.length;
  const all = new Int32Array(model.start.length + start.length - 1);
  all.set(model.start);
  all.set(
    start.subarray(1).map((end) => entries + end),
    model.start.length,
  );
  const term = new Int32Array(entries + index.length);
  term.set(model.term);
  term.set(index, entries);
  const weight = new Float32Array(entries + value.length);
  weight.set(model.weight);
  weight.set(value, entries);
  return { ...model, start: all, term, weight };
}

/** One number a term. Reused by all requests that a model serves: scoring is synchronous, so nobody else is writing. */
const profiles = new WeakMap<ContentModel, Float32Array>();
function emptyProfile(model: ContentModel): Float32Array {
  const profile = profiles.get(model)?.fill(0) ?? new Float32Array(model.idf.length);
  profiles.set(model, profile);
  return profile;
}

/** Nothing for a film newer than the model, here and below. */
function addFilm({ start, term, weight: value }: ContentModel, film: Position, interest: number, profile: Float32Array): Float32Array {
  for (let e = start[film]!; e < start[film + 1]!; e++) profile[term[e]!]! += interest * value[e]!;
  return profile;
}

/** Dot product of a film's features with the profile. */
function compare({ start, term, weight: value }: ContentModel, film: Position, profile: Float32Array): number {
  let sum = 0;
  for (let e = start[film]!; e < start[film + 1]!; e++) sum += value[e]! * profile[term[e]!]!;
  return sum;
}

function* turn({ start, term: index, weight: value, idf }: ContentModel): Slices<Postings> {
  const films = yield* transposeInSlices({ rows: start.length - 1, columns: idf.length, start, index, value });
  yield;
  return new Postings(films);
}

/** Which films each term stands in, made once in the life of a model: a tenth of the terms stand in a viewer's profile, a thousandth in a film's. */
const postings = new WeakMap<ContentModel, Postings>();
function byTerm(model: ContentModel): Postings {
  const made = postings.get(model) ?? finish(turn(model));
  postings.set(model, made);
  return made;
}
