import { z } from 'zod';
import { defineAlgorithm } from '../../../core/plugin.ts';
import { replaceRows } from '../../../math/named-rows.ts';
import { shares } from '../../../math/shares.ts';
import { preferencesOf } from './model.ts';
import { contributions, score, similar } from './serve.ts';
import { neighbourModel } from './train.ts';

const settings = z.object({
  neighbours: z.number().int().min(1).max(500).default(20).describe('How many of its nearest films each film is joined to'),
  shrinkage: z.number().min(0).max(10_000).default(20).describe('Distrust of similarities that rest on few common viewers: higher is warier'),
  longest: z
    .number()
    .int()
    .min(10)
    .max(100_000)
    .default(300)
    .describe('Of longer histories only so many films are compared, evenly spread ones: the time of training grows with the square of it'),
});

/**
 * Item-based collaborative filtering: films are near where the same viewers like both, by the shrunk cosine of their
 * columns of preferences. The neighbours are worked out in advance, because a page has no time for it; the viewer's row
 * meets them in the request. An update counts all of them anew from the rows, which the model keeps: one new rating
 * changes a film's length and with it the similarities to all its neighbours, and the films that viewers rate in a few
 * minutes are those that cost most to count.
 * Sources: Sarwar et al., WWW 2001; Deshpande & Karypis, ACM TOIS 22 (2004); shrinkage as in Ferrari Dacrema, Cremonesi &
 * Jannach, RecSys 2019.
 */
export default defineAlgorithm({
  id: 'item-knn',
  title: 'Films liked by the same viewers (item kNN)',
  description:
    'Recommends the nearest neighbours of the films that the viewer likes, where near means liked by the same viewers; of the longest histories training compares a part.',
  settings,

  train({ units, preferences }, { settings: options, signal, progress }) {
    const model = neighbourModel({ units, rows: preferences }, options, (fraction) => {
      progress(fraction * 0.99, 'comparing films');
      signal.throwIfAborted();
    });
    signal.throwIfAborted();
    progress(1, 'done');
    return model;
  },

  update(model, { films, units, preferences }, options) {
    const { units: all, rows } = replaceRows({ units: model.units, rows: preferencesOf(model) }, { units, rows: preferences });
    return neighbourModel({ units: all, rows: { ...rows, columns: films.length } }, options);
  },

  score,
  explain: (model, viewer, film, most) => shares(viewer.preferences.films, contributions(model, viewer, film), most),
  similar,
});
