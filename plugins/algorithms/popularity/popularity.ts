import type { Algorithm } from '../../../recommend/algorithm.ts';
import type { Settings } from './settings.ts';

type PopularityModel = { readonly count: Int32Array; readonly mean: Float32Array; readonly score: Float32Array };

/**
 * Damped mean × log(1 + ratings). The mean, pulled towards the general one by `damping` ratings, is the weighted
 * rating of the IMDb top list (an empirical Bayes estimate); on its own it favours the little known. The number of
 * ratings counts by its logarithm because its distribution is heavy-tailed: a tenfold audience adds a constant.
 * By count alone it is the baseline that papers call popularity.
 */
export const popularity: Algorithm<PopularityModel, Settings> = {
  id: 'popularity',
  title: 'Popularity',
  description: 'Films that many viewers rated, and rated well.',

  train(data, { settings: { by, damping }, signal, progress }) {
    progress(0, 'counting ratings');
    signal.throwIfAborted();
    const films = data.films.length;
    const count = new Int32Array(films);
    const sum = new Float64Array(films);
    data.ratings.index.forEach((film, e) => {
      count[film]!++;
      sum[film]! += data.ratings.value[e]!;
    });
    const prior = meanStars(data.ratings.value);
    const dampedMean = (film: number): number => (sum[film]! + damping * prior) / (count[film]! + damping);
    const scoreOf = (n: number, film: number): number => (by === 'count' ? n : dampedMean(film) * Math.log1p(n));
    progress(1, 'done');
    return {
      count,
      mean: Float32Array.from(count, (n, film) => sum[film]! / n),
      score: Float32Array.from(count, (n, film) => (n > 0 ? scoreOf(n, film) : NaN)),
    };
  },

  impersonal: true,
  score({ score }, _viewer, out) {
    out.set(score);
    out.fill(NaN, score.length);
  },

  explain({ count, mean }, _viewer, film) {
    const viewers = count[film];
    if (!viewers) return [];
    const stars = mean[film]!.toFixed(1);
    return [{ text: viewers === 1 ? `Rated ${stars} by one viewer` : `Rated ${stars} on average by ${viewers} viewers` }];
  },
};

/** Mean of all stars; the middle of the scale where there are none. */
const meanStars = (stars: Float32Array): number => (stars.length > 0 ? stars.reduce((sum, value) => sum + value, 0) / stars.length : 3);
