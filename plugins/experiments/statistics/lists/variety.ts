import { normalPoint } from '../distributions.ts';
import { ALPHA } from '../engines/engine.ts';

/** Everything here is over how often each film was recommended, or over lists of films (any numbers that name them). */

/** Share of the catalogue that was recommended at all. @param films of the catalogue */
export const coverage = (recommended: Iterable<number>, films: number): number => new Set(recommended).size / films;

/**
 * The same with an interval over viewers, of lists grouped by viewer: the jackknife of a number of kinds (Heltshe and Forrester, Biometrics
 * 1983), which leaves out one viewer at a time, and with him or her the films that nobody else was shown.
 */
export function coverageOf(viewers: readonly (readonly number[])[], films: number, alpha = ALPHA): Coverage {
  const holders = new Map<number, number>();
  for (const list of viewers) for (const film of new Set(list)) holders.set(film, (holders.get(film) ?? 0) + 1);
  const own = viewers.map((list) => [...new Set(list)].filter((film) => holders.get(film) === 1).length),
    n = viewers.length,
    mean = own.reduce((sum, each) => sum + each, 0) / n;
  const error = Math.sqrt(((n - 1) / n) * own.reduce((sum, each) => sum + (each - mean) ** 2, 0)),
    half = (normalPoint(1 - alpha / 2) * error) / films,
    value = holders.size / films;
  return { value, interval: [Math.max(0, value - half), Math.min(1, value + half)] };
}
export interface Coverage {
  readonly value: number;
  readonly interval: readonly [low: number, high: number];
}

/** Shannon entropy in bits of how recommendations spread over films: log₂ of as many equally frequent ones. */
export function entropy(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count) => (count > 0 ? sum - (count / total) * Math.log2(count / total) : sum), 0);
}

/** Gini coefficient Σ (2 i − n − 1) x₍ᵢ₎ / (n Σ x): 0 when all films are recommended alike, near 1 when one has everything. */
export function gini(counts: readonly number[]): number {
  const sorted = [...counts].sort((a, b) => a - b),
    n = sorted.length;
  const total = sorted.reduce((sum, count) => sum + count, 0);
  return total === 0 ? 0 : sorted.reduce((sum, count, i) => sum + (2 * (i + 1) - n - 1) * count, 0) / (n * total);
}

/** How little known a film is, in bits: −log₂ of its share of all interactions. */
export const novelty = (count: number, interactions: number): number => -Math.log2(count / interactions);

/** Similarity of two films, between 0 and 1. */
export type Similarity = (a: number, b: number) => number;

/** Intra-list diversity: 1 − the average similarity of two films of the list. NaN with fewer than two. */
export function diversity(list: readonly number[], similarity: Similarity): number {
  const pairs = (list.length * (list.length - 1)) / 2;
  let sum = 0;
  list.forEach((a, i) => list.slice(i + 1).forEach((b) => (sum += similarity(a, b))));
  return 1 - sum / pairs;
}

/**
 * Serendipity: how unlike the viewer's history each liked film of the list is, on average over the list
 * (Zhang et al., WSDM 2012). @param relevance of each film, 1 where the viewer liked it
 */
export function serendipity(list: readonly number[], relevance: readonly number[], history: readonly number[], similarity: Similarity): number {
  const unlike = (film: number): number => 1 - history.reduce((sum, old) => sum + similarity(film, old), 0) / history.length;
  return list.reduce((sum, film, i) => sum + (relevance[i]! === 0 ? 0 : relevance[i]! * unlike(film)), 0) / list.length;
}

/** How much of the list's side is mixed with the history's, so that a genre that is missing from a list costs no infinity. */
const SMOOTHING = 0.01;

/**
 * Miscalibration of a list: Σ p ln(p / ((1 − α) q + α p)) with the genre shares p of the viewer's history and q of the list
 * (Steck, RecSys 2018). 0 when the list has the history's mix.
 */
export function miscalibration(history: Readonly<Record<string, number>>, list: Readonly<Record<string, number>>): number {
  return Object.entries(history).reduce((sum, [genre, p]) => {
    const mixed = (1 - SMOOTHING) * (list[genre] ?? 0) + SMOOTHING * p;
    return p > 0 ? sum + p * Math.log(p / mixed) : sum;
  }, 0);
}
