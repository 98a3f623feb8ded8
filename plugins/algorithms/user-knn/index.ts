import { z } from 'zod';
import { defineAlgorithm } from '../../../core/plugin.ts';
import { replaceRows, someRows, type NamedRows } from '../../../math/named-rows.ts';
import { shuffle, type Random } from '../../../math/random.ts';
import { shares } from '../../../math/shares.ts';
import { similarFilms } from './films.ts';
import { knnModel, rowsOf } from './model.ts';
import { contributions, prepare, score } from './neighbours.ts';

const settings = z.object({
  neighbours: z.number().int().min(1).max(1000).default(40).describe('How many viewers of like taste are asked'),
  shrinkage: z.number().min(0).max(10_000).default(5).describe('Distrust of similarities that rest on few common films: higher is warier'),
  viewers: z
    .number()
    .int()
    .min(100)
    .max(1_000_000)
    .default(10_000)
    .describe('Neighbours are looked for among so many viewers, drawn by lot where there are more: memory and the time of a page grow with it'),
});

/**
 * User-based collaborative filtering with shrunk cosines over preferences. The live viewer's neighbours are found in the
 * request, through the films they share, so a new rating needs no training; an update replaces the rows of others.
 * Scores are sums, not means, over the neighbours: means rank films highly that one neighbour liked.
 * Sources: Herlocker et al., SIGIR 1999; shrinkage as in Ferrari Dacrema, Cremonesi & Jannach, RecSys 2019.
 */
export default defineAlgorithm({
  id: 'user-knn',
  title: 'Viewers of like taste (user kNN)',
  description:
    "Finds the viewers whose ratings are most like the viewer's, where there are very many among some drawn by lot, and recommends what they like.",
  settings,

  train({ units, preferences }, { settings: options, random, signal, progress }) {
    progress(0, 'turning viewers × films into films × viewers');
    signal.throwIfAborted();
    const model = knnModel(drawn({ units, rows: preferences }, options.viewers, random), options);
    progress(1, 'done');
    return model;
  },

  update(model, { films, units, preferences }, options) {
    const { units: all, rows } = replaceRows(rowsOf(model), { units, rows: preferences });
    return knnModel({ units: all, rows: { ...rows, columns: films.length } }, options);
  },

  prepare,
  score,
  explain: (model, viewer, film, most) => shares(viewer.preferences.films, contributions(model, viewer, film), most),
  similar: similarFilms,
});

/** `most` of the rows, each with the same chance, in their order; all where there are no more. */
function drawn(all: NamedRows, most: number, random: Random): NamedRows {
  if (all.units.length <= most) return all;
  return someRows(all, shuffle(Int32Array.from(all.units.keys()), random).slice(0, most).sort());
}
