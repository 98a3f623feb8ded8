import { z } from 'zod';
import { defineAlgorithm } from '../../../core/plugin.ts';
import { shares } from '../../../math/shares.ts';
import { rowNorms, transpose } from '../../../math/sparse.ts';
import { similarFilms } from './films.ts';
import type { KnnModel } from './model.ts';
import { contributions, score } from './neighbours.ts';

const settings = z.object({
  neighbours: z.number().int().min(1).max(1000).default(40).describe('How many viewers of like taste are asked'),
  shrinkage: z.number().min(0).max(10_000).default(20).describe('Distrust of similarities that rest on few common films: higher is warier'),
});

/**
 * User-based collaborative filtering with shrunk cosines over preferences. The live viewer's neighbours are found in the
 * request, through the films they share, so a new rating needs no training. Scores are sums, not means, over the
 * neighbours: means rank films highly that one neighbour liked.
 * Sources: Herlocker et al., SIGIR 1999; shrinkage as in Ferrari Dacrema, Cremonesi & Jannach, RecSys 2019.
 */
export default defineAlgorithm({
  id: 'user-knn',
  title: 'Viewers of like taste (user kNN)',
  description: "Finds the viewers whose ratings are most like the viewer's, and recommends what they like.",
  settings,

  train(data, { settings: { neighbours, shrinkage }, signal, progress }): KnnModel {
    const byUser = data.preferences;
    progress(0, 'turning viewers × films into films × viewers');
    signal.throwIfAborted();
    const byFilm = transpose(byUser);
    progress(1, 'done');
    return {
      userStart: byUser.start,
      userFilm: byUser.index,
      userInterest: byUser.value,
      userNorm: rowNorms(byUser),
      filmStart: byFilm.start,
      filmUser: byFilm.index,
      filmInterest: byFilm.value,
      filmNorm: rowNorms(byFilm),
      neighbours,
      shrinkage,
    };
  },

  score,
  explain: (model, viewer, film) => shares(viewer.preferences.films, contributions(model, viewer, film)),
  similar: similarFilms,
});
