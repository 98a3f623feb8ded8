import type { Algorithm } from '../../../recommend/algorithm.ts';
import type { Settings } from './settings.ts';

type TrendingModel = {
  readonly score: Float32Array;
  /** ratings younger than the half-life; all 0 where times are unknown */
  readonly recent: Int32Array;
};

/**
 * log(1 + Σ ½^(age / half-life)) over a film's ratings: exponentially decayed counts forget smoothly, where a
 * window would drop a film overnight. The logarithm keeps the order and tames the few films far ahead.
 */
export const trending: Algorithm<TrendingModel, Settings> = {
  id: 'trending',
  title: 'Trending',
  description: 'Films that viewers rate these days.',

  train({ films, ratings, age }, { settings: { halfLife }, signal, progress }) {
    progress(0, 'counting recent ratings');
    signal.throwIfAborted();
    const timed = age.some((days) => days > 0);
    const recent = new Int32Array(films.length);
    const decayed = new Float64Array(films.length).fill(NaN);
    ratings.index.forEach((film, e) => {
      decayed[film] = (decayed[film]! || 0) + 2 ** (-age[e]! / halfLife);
      if (timed && age[e]! < halfLife) recent[film]!++;
    });
    progress(1, 'done');
    return { score: Float32Array.from(decayed, Math.log1p), recent };
  },

  impersonal: true,
  score({ score }, _viewer, out) {
    out.set(score);
    out.fill(NaN, score.length);
  },

  explain({ recent }, _viewer, film) {
    const viewers = recent[film];
    if (!viewers) return [];
    return [{ text: viewers === 1 ? 'Rated by one viewer lately' : `Rated by ${viewers} viewers lately` }];
  },
};
