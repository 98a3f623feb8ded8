import type { Batch, FilmFacts, TrainingData, Viewer } from '../../recommend/algorithm.ts';
import { seeded, shuffle, type Random } from '../../math/random.ts';
import { foldPreferences, preferenceRows, starPreferences, usualScale } from '../../math/preferences.ts';
import { sparseRows } from '../../math/sparse.ts';

export const GROUPS = 4;
const FILMS_A_GROUP = 25;
/** The last film: nobody rated it and nothing is known of it. */
export const BLANK = GROUPS * FILMS_A_GROUP;
export const FILMS = BLANK + 1;
export const groupOf = (film: number): number => film % GROUPS;

/** A viewer of one taste group, and films of that group that the viewer would like next. */
export interface Taster {
  readonly viewer: Viewer;
  readonly next: readonly number[];
}

export interface World {
  readonly data: TrainingData;
  /** not in the training data */
  readonly tasters: readonly Taster[];
}

const pick = <T>(from: readonly T[], count: number, random: Random): T[] => shuffle([...from], random).slice(0, count);

function film(position: number, random: Random): FilmFacts {
  const group = groupOf(position);
  const own = (what: string, of: number): string[] => Array.from({ length: of }, (_, i) => `${what}${'abcd'[group]}${i}`);
  return {
    id: position + 1,
    title: `Film ${position}`,
    year: 2000,
    genres: [...own('genre', 1), 'common genre'],
    keywords: pick(own('keyword', 8), 3, random),
    directors: pick(own('director', 5), 1, random),
    cast: pick(own('actor', 12), 4, random),
    plot: `The ${pick(own('word', 10), 4, random).join(' and the ')} meet again.`,
  };
}
const blank: FilmFacts = { id: FILMS, title: 'Blank', year: null, genres: [], keywords: [], directors: [], cast: [], plot: '' };

/** Liked films of the group and some disliked ones of others; within a group low positions are far more popular. */
function taste(group: number, random: Random): { film: number; stars: number }[] {
  const draw = (of: number): number => Math.floor(random() ** 3 * FILMS_A_GROUP) * GROUPS + of;
  const stars = new Map<number, number>();
  while (stars.size < 9) stars.set(draw(group), 4 + Math.floor(random() * 3) / 2);
  while (stars.size < 13) stars.set(draw((group + 1 + Math.floor(random() * (GROUPS - 1))) % GROUPS), 1 + Math.floor(random() * 4) / 2);
  return shuffle([...stars], random).map(([of, given]) => ({ film: of, stars: given }));
}

/** As a site makes them: a film that was watched without stars counts 1. */
function preferencesOf(history: readonly { film: number; stars: number }[]): Viewer['preferences'] {
  const rated = history.filter(({ stars }) => !Number.isNaN(stars)),
    watched = history.filter(({ stars }) => Number.isNaN(stars));
  const stars = Float32Array.from(rated, (entry) => entry.stars);
  return foldPreferences([
    { films: Int32Array.from(watched, ({ film }) => film), weight: new Float32Array(watched.length).fill(1) },
    { films: Int32Array.from(rated, ({ film }) => film), weight: starPreferences(stars, usualScale) },
  ]);
}

export function viewerOf(history: readonly { film: number; stars: number }[]): Viewer {
  const sorted = [...history].sort((a, b) => a.film - b.film);
  return {
    unit: 1,
    dismissed: new Int32Array(0),
    films: Int32Array.from(sorted, (entry) => entry.film),
    stars: Float32Array.from(sorted, (entry) => entry.stars),
    preferences: preferencesOf(history),
  };
}

function taster(group: number, random: Random): Taster {
  const history = taste(group, random);
  const next = history.filter((entry) => entry.stars >= 4).slice(0, 3);
  return { viewer: viewerOf(history.filter((entry) => !next.includes(entry))), next: next.map((entry) => entry.film) };
}

/** Training data of the given films and histories; ages fall from old to new in the order of the rows. */
export function trainingData(films: readonly FilmFacts[], histories: readonly (readonly { film: number; stars: number }[])[]): TrainingData {
  const entries = histories.flatMap((history, row) => history.map((entry) => ({ ...entry, row })));
  const ratings = sparseRows(histories.length, films.length, {
    row: Int32Array.from(entries, (e) => e.row),
    column: Int32Array.from(entries, (e) => e.film),
    value: Float32Array.from(entries, (e) => e.stars),
  });
  const age = Float32Array.from(ratings.order, (e) => (entries.length - 1 - e) / 20);
  const units = Int32Array.from(histories, (_, row) => 1000 + row);
  return { films, units, ratings, age, preferences: preferenceRows(ratings, usualScale) };
}

/** What came since a training: all films, and the whole histories of the viewers who changed. */
export function batchOf(
  films: readonly FilmFacts[],
  changed: readonly (readonly [unit: number, history: readonly { film: number; stars: number }[]])[],
): Batch {
  const { ratings, preferences } = trainingData(
    films,
    changed.map(([, history]) => history),
  );
  return { films, units: Int32Array.from(changed, ([unit]) => unit), ratings, preferences };
}

/** Viewers of four planted tastes. The same seed gives the same world. */
export function world(seed: number, viewers = 160): World {
  const random = seeded(seed);
  const films = [...Array.from({ length: BLANK }, (_, position) => film(position, random)), blank];
  const histories = Array.from({ length: viewers }, (_, row) => taste(row % GROUPS, random));
  return { data: trainingData(films, histories), tasters: Array.from({ length: 80 }, (_, i) => taster(i % GROUPS, random)) };
}
