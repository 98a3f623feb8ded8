import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { plugins } from '../../config/plugins.ts';
import type { AnyAlgorithm, TrainingData, Viewer } from '../../recommend/algorithm.ts';
import type { Scorer } from '../../recommend/2-score.ts';
import { BlendSpec } from '../../recommend/blend-spec.ts';
import { KeptRankings } from '../../recommend/kept-rankings.ts';
import type { Catalogue } from '../../recommend/ports.ts';
import { Session } from '../../recommend/session.ts';
import { silent } from '../../core/log.ts';
import { viewerOfRow } from '../../jobs/evaluation/viewer.ts';
import { preferenceRows, usualScale } from '../../math/preferences.ts';
import { seeded } from '../../math/random.ts';
import { sparseRows } from '../../math/sparse.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const VIEWERS = 64,
  RATINGS = 25,
  REQUESTS = 4;
const sizes = [17_000, 34_000] as const;

/** Ratings of a few hundred films spread over the whole catalogue, the same pattern for any size. */
function dataOf(films: number): TrainingData {
  const random = seeded(3),
    count = VIEWERS * RATINGS,
    known = 400;
  const ratings = sparseRows(VIEWERS, films, {
    row: Int32Array.from({ length: count }, (_, e) => Math.floor(e / RATINGS)),
    column: Int32Array.from({ length: count }, () => Math.floor((Math.floor(random() * known) * films) / known)),
    value: Float32Array.from({ length: count }, () => 1 + Math.floor(random() * 5)),
  });
  return {
    films: Array.from({ length: films }, (_, film) => {
      const word = `word ${film % 50}`;
      return { id: film + 1, title: '', year: 2000, genres: [`genre ${film % 7}`], keywords: [word], directors: [word], cast: [word], plot: word };
    }),
    units: Int32Array.from({ length: VIEWERS }, (_, row) => row + 1),
    ratings,
    age: new Float32Array(ratings.value.length),
    preferences: preferenceRows(ratings, usualScale),
  };
}

async function trained(algorithm: AnyAlgorithm, settings: object, data: TrainingData): Promise<Scorer> {
  const training = { settings, random: seeded(1), threads: 1, signal: new AbortController().signal, progress() {} };
  return { algorithm, model: await algorithm.train(data, training), modelId: 1 };
}

type Open = (viewer: Viewer) => Session;
function opener(data: TrainingData, scorers: readonly Scorer[], normalisation: BlendSpec['normalisation']): Open {
  const cards = data.films.map(({ id, title, year, genres }) => ({ id, title, year, genres, traits: Int32Array.of(id % 9) }));
  const catalogue: Catalogue = { size: cards.length, cards, visible: new Uint8Array(cards.length).fill(1), position: (id) => id - 1 };
  const spec = BlendSpec.parse({ weights: Object.fromEntries(scorers.map(({ algorithm }) => [algorithm.id, 1])), normalisation });
  const blend = { id: 1, blend: 1, name: 'All', version: 1, spec };
  const nobody = { assignments: [], filters: [], seen: [], adjustments: [], teams: [], log: silent };
  const parts = { ...nobody, at: new Date(0), opened: 0, blend, catalogue, scorers, inService: scorers, kept: new KeptRankings() };
  return (viewer) => new Session({ ...parts, viewer });
}

/**
 * Bytes of arrays that a request allocates, once all that is kept is full: the median of some, of which garbage collection
 * may disturb a few.
 */
function bytesOf(viewers: readonly Viewer[], request: (viewer: Viewer, n: number) => unknown): number {
  viewers.slice(REQUESTS).forEach(request);
  const held = (): number => process.memoryUsage().arrayBuffers;
  const allocated = viewers.slice(0, REQUESTS).map((viewer, n) => {
    collectGarbage();
    const before = held();
    request(viewer, n);
    return held() - before;
  });
  return allocated.sort((a, b) => a - b)[REQUESTS / 2]!;
}

const asked: Record<string, (open: Open) => (viewer: Viewer, n: number) => unknown> = {
  'a list for the viewer': (open) => (viewer) => open(viewer).forViewer({ surface: 'test', size: 24 }),
  'a list of similar films': (open) => (viewer, n) => open(viewer).similarTo(viewer.films[n % 9]!, { surface: 'test', size: 24 }),
};

describe('what a request allocates does not grow with the catalogue', () => {
  const worlds: { data: TrainingData; scorers: Scorer[] }[] = [];
  beforeAll(async () => {
    for (const data of sizes.map(dataOf)) {
      const scorers: Scorer[] = [];
      for (const { algorithms = [], config } of plugins)
        for (const algorithm of algorithms.filter(({ predict }) => !predict))
          scorers.push(await trained(algorithm, config?.safeParse({ epochs: 1, factors: 16, rank: 8, films: 300 }).data ?? {}, data));
      worlds.push({ data, scorers });
    }
  }, 120_000);

  test.each(['standard', 'rank'] as const)('%s', (normalisation) => {
    for (const make of Object.values(asked)) {
      const [small, large] = worlds.map(({ data, scorers }) => {
        const viewers = Array.from({ length: VIEWERS }, (_, row) => viewerOfRow(data, row));
        return bytesOf(viewers, make(opener(data, scorers, normalisation)));
      });
      // One more array of numbers for each film would be 68 kB.
      expect(large! - small!).toBeLessThan(((sizes[1] - sizes[0]) * 4) / 2);
    }
  });
});
