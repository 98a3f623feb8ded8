import { plugins } from '../config/plugins.ts';
import { silent } from '../core/log.ts';
import type { AnyAlgorithm, TrainingData, Viewer } from '../recommend/algorithm.ts';
import { BlendSpec } from '../recommend/blend-spec.ts';
import type { Scorer } from '../recommend/2-score.ts';
import { KeptRankings } from '../recommend/kept-rankings.ts';
import type { Catalogue, FilmCard } from '../recommend/ports.ts';
import { Session } from '../recommend/session.ts';
import { viewerOfRow } from '../jobs/evaluation/viewer.ts';
import { DotScorer } from '../math/kernels/dot-scorer.ts';
import { starPreferences, usualScale } from '../math/preferences.ts';
import { seeded, shuffle } from '../math/random.ts';
import { scoresOf } from '../math/reference/scores.ts';
import { expand, trainingDataOf } from './expansion.ts';
import { numbers, ratings } from './kernel-data.ts';
import type { Table } from './table.ts';
import { cpu, quantile } from './timing.ts';

const films = 62_423,
  factors = 64,
  copies = 3,
  warmUp = 300,
  requests = 500;

/** CPU of each part of a request for a viewer who did one thing since the last request, all algorithms on. */
export async function serving(): Promise<Table> {
  const { what, matrix } = ratings(),
    data = trainingDataOf(expand(matrix, copies, films)),
    scorers = await trainAll(data),
    before = warmViewers(data),
    viewers = before.map(withOneMore(films));
  const plain = plainProducts(),
    top = new DotScorer(numbers(films * factors), factors);
  const works: [string, (viewer: Viewer, n: number) => unknown][] = [
    ['Plain products of one vector with all films', plain],
    ['Top 10 of these by the kernel', (_, n) => top.top(vectorOf(n), 10)],
    ...scorers.map(({ algorithm, model }): (typeof works)[number] => {
      const out = new Float32Array(films);
      return [algorithm.title, (viewer) => algorithm.score(model, viewer, out)];
    }),
  ];
  const measured = works.map(([title, work]) => ({ title, times: viewers.map((viewer, n) => cpuOf(() => work(viewer, n))).slice(warmUp) })),
    ask = pipeline(data, scorers),
    requested = viewers.map((viewer, n) => ({ first: ask(before[n]!), next: ask(viewer), again: ask({ ...viewer }) })).slice(warmUp);
  measured.push({ title: 'The pipeline: 24 films by all of them, after one more rating', times: requested.map(({ next }) => next) });
  measured.push({ title: 'of it all but the scores of each', times: withoutScores(data, scorers, before, viewers).slice(warmUp) });
  measured.push({ title: 'The pipeline for a viewer not asked for before', times: requested.map(({ first }) => first) });
  measured.push({ title: 'The pipeline for a viewer who did nothing since', times: requested.map(({ again }) => again) });
  const baseline = quantile(measured[0]!.times, 0.5);
  return {
    title: 'Serving a large catalogue',
    columns: ['Work', 'CPU p50 ms', 'CPU p99 ms', 'p50 / plain'],
    rows: measured.map(({ title, times }) => [title, quantile(times, 0.5), quantile(times, 0.99), quantile(times, 0.5) / baseline]),
    note: `${what}, expanded to ${data.ratings.value.length.toLocaleString('en')} ratings of ${films.toLocaleString('en')} films with made-up features. ${requests} viewers after ${warmUp} to warm up, with ${historiesOf(viewers)} films: each as in training, then with one more rating, for which the algorithms alone are measured, then once more with the same. Products are of ${factors} factors. The pipeline scores by all algorithms but those that predict stars, each with weight 1, and keeps rankings as a site does; reasons included, the database not. "All but the scores" leaves out what the algorithms took to score: comparing, blending, choosing and explaining. Models were trained for one round where they have rounds: that changes no time of serving.`,
  };
}

/** Rankings for viewers. One round of training makes a model of the same size as many. */
async function trainAll(data: TrainingData): Promise<Scorer[]> {
  const scorers: Scorer[] = [];
  for (const { algorithms = [], config } of plugins) {
    for (const algorithm of algorithms.filter(({ predict }) => !predict)) {
      const settings = config?.safeParse({ epochs: 1 }).data ?? {};
      scorers.push({ algorithm, model: await train(algorithm, data, settings as object), modelId: 1 });
    }
  }
  return scorers;
}

const train = (algorithm: AnyAlgorithm, data: TrainingData, settings: object): ReturnType<AnyAlgorithm['train']> =>
  algorithm.train(data, { settings, random: seeded(1), threads: 2, signal: new AbortController().signal, progress() {} });

/** Drawn by lot, each once. */
const warmViewers = (data: TrainingData): Viewer[] =>
  Array.from(shuffle(Int32Array.from(data.units.keys()), seeded(6)).subarray(0, warmUp + requests), (row) => viewerOfRow(data, row));

/** The viewer after rating a film that was not seen before, drawn by lot. */
function withOneMore(films: number): (viewer: Viewer) => Viewer {
  const random = seeded(7);
  return (viewer) => {
    const stars = new Map(Array.from(viewer.films, (film, i) => [film, viewer.stars[i]!]));
    for (const size = stars.size; stars.size === size;) {
      const film = Math.floor(films * random() ** 3);
      if (!stars.has(film)) stars.set(film, 4);
    }
    const rated = Int32Array.from(stars.keys()).sort(),
      given = Float32Array.from(rated, (film) => stars.get(film)!);
    return { ...viewer, films: rated, stars: given, preferences: { films: rated, weight: starPreferences(given, usualScale) } };
  };
}

function historiesOf(viewers: readonly Viewer[]): string {
  const sizes = viewers.map((viewer) => viewer.films.length);
  return `${quantile(sizes, 0.05)} to ${quantile(sizes, 0.95)} (p5 to p95)`;
}

const drawn = numbers(factors * (warmUp + requests));
const vectorOf = (n: number): Float32Array => drawn.subarray(n * factors, (n + 1) * factors);

function plainProducts(): (viewer: Viewer, n: number) => Float32Array {
  const items = numbers(films * factors);
  return (_, n) => scoresOf(items, vectorOf(n));
}

/** CPU ms of requests after one more rating, without the time of scoring: by other requests, as a clock around each score takes time, too. */
function withoutScores(data: TrainingData, scorers: readonly Scorer[], before: readonly Viewer[], viewers: readonly Viewer[]): number[] {
  let scoring = 0;
  const clocked = scorers.map(({ algorithm, ...scorer }): Scorer => {
    const score: AnyAlgorithm['score'] = (...request) => {
      const since = performance.now();
      algorithm.score(...request);
      scoring += performance.now() - since;
    };
    return { ...scorer, algorithm: { ...algorithm, score } };
  });
  const ask = pipeline(data, clocked);
  return viewers.map((viewer, n) => {
    ask(before[n]!);
    scoring = 0;
    return ask(viewer) - scoring;
  });
}

/** CPU ms of a viewer's request. */
function pipeline(data: TrainingData, scorers: readonly Scorer[]): (viewer: Viewer) => number {
  const spec = BlendSpec.parse({ weights: Object.fromEntries(scorers.map(({ algorithm }) => [algorithm.id, 1])) });
  const parts = {
    at: new Date(),
    blend: { id: 1, blend: 1, name: 'All', version: 1, spec },
    assignments: [],
    catalogue: catalogueOf(data),
    scorers,
    inService: scorers,
    kept: new KeptRankings(),
    filters: [],
    seen: [],
    adjustments: [],
    log: silent,
  };
  return (viewer) => cpuOf(() => new Session({ ...parts, viewer, teams: [], opened: performance.now() }).forViewer({ surface: 'bench', size: 24 }));
}

function catalogueOf(data: TrainingData): Catalogue {
  const numberOf = new Map<string, number>();
  const trait = (name: string): number => numberOf.get(name) ?? numberOf.set(name, numberOf.size).size - 1;
  const cards = data.films.map(({ id, title, year, genres, directors, cast, keywords }): FilmCard => ({
    id,
    title,
    year,
    genres,
    traits: Int32Array.from(new Set([...directors, ...cast, ...keywords].map(trait))).sort(),
  }));
  return { size: cards.length, cards, visible: new Uint8Array(cards.length).fill(1), position: (id) => id - 1 };
}

function cpuOf(work: () => unknown): number {
  const since = cpu();
  work();
  return cpu() - since;
}
