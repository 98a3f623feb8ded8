import { decode, encode } from '../../recommend/models/format.ts';
import type { AnyPlugin } from '../../core/plugin.ts';
import type { AnyAlgorithm, Batch, Model, TrainingData, Viewer } from '../../recommend/algorithm.ts';
import { seeded } from '../../math/random.ts';
import { topK } from '../../math/top-k.ts';
import { BLANK, batchOf, FILMS, GROUPS, groupOf, trainingData, viewerOf, world } from './synthetic.ts';

interface Options {
  readonly seed?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number, what: string) => void;
}

/** Trains with the plugin's default settings. */
export async function train(plugin: AnyPlugin, algorithm: AnyAlgorithm, data: TrainingData, options: Options = {}): Promise<Model> {
  return await algorithm.train(data, {
    settings: plugin.config?.parse({}) ?? {},
    random: seeded(options.seed ?? 1),
    threads: 1,
    signal: options.signal ?? new AbortController().signal,
    progress: options.onProgress ?? (() => {}),
  });
}

/** The scores, written over rubbish: an algorithm must not rely on a clean array. */
export function scores(algorithm: AnyAlgorithm, model: Model, viewer: Viewer, length = FILMS): Float32Array {
  const out = new Float32Array(length).fill(99);
  algorithm.score(model, viewer, out);
  return out;
}

/** Brings a model up to date, with the plugin's default settings. */
export async function update(plugin: AnyPlugin, algorithm: AnyAlgorithm, model: Model, batch: Batch): Promise<Model> {
  return await algorithm.update!(model, batch, plugin.config?.parse({}) ?? {});
}

export function similar(algorithm: AnyAlgorithm, model: Model, film: number, length = FILMS): Float32Array {
  const out = new Float32Array(length).fill(99);
  algorithm.similar!(model, film, out);
  return out;
}

/** Chance that a film the viewer will like is scored above one the viewer has not seen; ½ = random. */
function meanAuc(algorithm: AnyAlgorithm, model: Model, tasters: ReturnType<typeof world>['tasters'], films = FILMS): number {
  const chances = tasters.flatMap(({ viewer, next }) => {
    const of = scores(algorithm, model, viewer, films).map((score) => (Number.isNaN(score) ? -Infinity : score));
    const others = [...of.keys()].filter((film) => !viewer.films.includes(film) && !next.includes(film));
    return next.map(
      (film) => others.reduce((sum, other) => sum + (of[film]! > of[other]! ? 1 : of[film] === of[other] ? 0.5 : 0), 0) / others.length,
    );
  });
  return chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
}

const finiteOrNaN = (values: Float32Array): boolean => values.every((value) => Number.isFinite(value) || Number.isNaN(value));
const allNaN = (values: Float32Array): boolean => values.every(Number.isNaN);
const nobody = viewerOf([]);
const allowed = [Float32Array, Float64Array, Int32Array, Uint32Array, Uint16Array, Uint8Array];

/** What every algorithm must do, whatever its method. Call it at the top of a test file, once an algorithm. */
export function algorithmContract(plugin: AnyPlugin, algorithm: AnyAlgorithm): void {
  describe(`${algorithm.id} keeps the contract of algorithms`, () => {
    const { data, tasters } = world(7);
    let model: Model;
    beforeAll(async () => {
      model = await train(plugin, algorithm, data);
    });

    test('says what it is, and every setting has a default and a description', () => {
      expect(algorithm.id).toMatch(/^[a-z0-9-]{1,40}$/);
      expect(algorithm.title).not.toBe('');
      expect(algorithm.description).toMatch(/\.$/);
      expect(plugin.config?.safeParse({}).success ?? true).toBe(true);
      for (const setting of Object.values(plugin.config?.shape ?? {})) expect((setting as { description?: string }).description).toBeTruthy();
    });

    describe('training', () => {
      test('gives plain data that survives storage', () => {
        for (const part of Object.values(model)) {
          expect(typeof part === 'string' || Number.isFinite(part) || allowed.some((type) => part instanceof type)).toBe(true);
        }
        const stored = decode(encode(model));
        expect(scores(algorithm, stored, tasters[0]!.viewer)).toEqual(scores(algorithm, model, tasters[0]!.viewer));
      });

      test('gives the same model for the same seed', async () => {
        expect(await train(plugin, algorithm, data)).toEqual(model);
      });

      test('reports progress that never falls and ends at 1', async () => {
        const seen: number[] = [];
        await train(plugin, algorithm, data, {
          onProgress: (fraction, what) => {
            seen.push(fraction);
            expect(what).not.toBe('');
          },
        });
        expect(seen.at(-1)).toBe(1);
        expect(seen[0]).toBeGreaterThanOrEqual(0);
        expect(seen).toEqual([...seen].sort((a, b) => a - b));
      });

      test('stops when it is aborted, before and under way', async () => {
        await expect(train(plugin, algorithm, data, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
        const stop = new AbortController();
        await expect(train(plugin, algorithm, data, { signal: stop.signal, onProgress: () => stop.abort() })).rejects.toThrow(/abort/i);
      });

      test.each([
        ['no films', trainingData([], [])],
        ['films without ratings', trainingData(data.films, [])],
        ['one film, one rating', trainingData(data.films.slice(0, 1), [[{ film: 0, stars: 5 }]])],
        [
          'nothing known but ratings',
          trainingData(
            data.films.map(() => data.films[BLANK]!),
            [
              [
                { film: 0, stars: 3 },
                { film: 1, stars: 3 },
              ],
              [{ film: 0, stars: 3 }],
            ],
          ),
        ],
      ])('copes with %s', async (_name, few) => {
        const small = await train(plugin, algorithm, few);
        for (const viewer of [nobody, viewerOf([{ film: 0, stars: 4 }])]) {
          expect(finiteOrNaN(scores(algorithm, small, viewer, few.films.length))).toBe(true);
          expect(() => algorithm.explain?.(small, viewer, 0)).not.toThrow();
        }
        expect(() => algorithm.predict?.(small, viewerOf([{ film: 0, stars: 4 }]), 0)).not.toThrow();
        if (algorithm.similar) expect(finiteOrNaN(similar(algorithm, small, 0, few.films.length))).toBe(true);
      });
    });

    describe('scoring', () => {
      test('ranks what a viewer will like clearly better than chance', () => {
        expect(meanAuc(algorithm, model, tasters)).toBeGreaterThan(0.6);
      });

      test('has no opinion on a film of which nothing is known', () => {
        for (const { viewer } of tasters) expect(scores(algorithm, model, viewer)[BLANK]).toBeNaN();
      });

      test('gives finite scores or NaN, also to a viewer without history', () => {
        for (const viewer of [nobody, ...tasters.map((taster) => taster.viewer)]) expect(finiteOrNaN(scores(algorithm, model, viewer))).toBe(true);
      });

      test('leaves films newer than the model without opinion, in the list and in the history', () => {
        const { viewer } = tasters[0]!;
        const longer = scores(algorithm, model, viewer, FILMS + 20);
        expect(longer.subarray(0, FILMS)).toEqual(scores(algorithm, model, viewer));
        expect(allNaN(longer.subarray(FILMS))).toBe(true);
        const ahead = viewerOf([
          { film: FILMS, stars: 5 },
          { film: FILMS + 7, stars: NaN },
        ]);
        expect(scores(algorithm, model, ahead, FILMS + 20)).toEqual(scores(algorithm, model, nobody, FILMS + 20));
        expect(() => algorithm.explain?.(model, ahead, FILMS + 3)).not.toThrow();
      });

      test('takes films that were watched without a rating', () => {
        const watched = scores(
          algorithm,
          model,
          viewerOf([
            { film: 0, stars: NaN },
            { film: GROUP_MATE, stars: NaN },
          ]),
        );
        expect(finiteOrNaN(watched)).toBe(true);
        expect(allNaN(watched)).toBe(false);
      });

      test('changes neither model nor viewer, and one answer does not depend on the one before', () => {
        const [first, second] = [tasters[0]!.viewer, tasters[1]!.viewer];
        const before = { model: structuredClone(model), viewer: structuredClone(first) };
        const answer = scores(algorithm, model, first);
        scores(algorithm, model, second);
        algorithm.explain?.(model, second, 0);
        if (algorithm.similar) similar(algorithm, model, 3);
        expect(scores(algorithm, model, first)).toEqual(answer);
        expect({ model, viewer: first }).toEqual(before);
      });
    });

    describe('explaining', () => {
      test('names films of the history, the largest share first, or says something', () => {
        for (const { viewer } of tasters.slice(0, 20)) {
          const best = new Int32Array(10);
          const count = topK(scores(algorithm, model, viewer), best);
          for (const film of best.subarray(0, count)) checkReasons(algorithm.explain?.(model, viewer, film) ?? [], viewer, film);
        }
      });

      test('has no reason for films of which nothing is known', () => {
        for (const film of [BLANK, FILMS + 3]) expect(algorithm.explain?.(model, tasters[0]!.viewer, film) ?? []).toEqual([]);
      });
    });

    if (algorithm.predict)
      describe('predicting stars', () => {
        const predict = (viewer: Viewer, film: number): number | undefined => algorithm.predict!(model, viewer, film);

        test('gives stars between 0.5 and 5, or nothing', () => {
          const predictions = tasters.flatMap(({ viewer }) => Array.from({ length: FILMS }, (_, film) => predict(viewer, film)));
          expect(predictions.some((stars) => stars !== undefined)).toBe(true);
          for (const stars of predictions) expect(stars === undefined || (stars >= 0.5 && stars <= 5)).toBe(true);
        });

        test('says nothing without a single rating, and nothing of films that it does not know', () => {
          for (const viewer of [nobody, viewerOf([{ film: 0, stars: NaN }])]) expect(predict(viewer, 1)).toBeUndefined();
          for (const film of [BLANK, FILMS + 3]) expect(predict(tasters[0]!.viewer, film)).toBeUndefined();
        });

        test.each([0, 1, 2, 3])('expects more for films of group %i from who loves it than from who hates it', (group) => {
          const rated = (own: number): Viewer =>
            viewerOf(Array.from({ length: 16 }, (_, film) => ({ film, stars: groupOf(film) === group ? own : 5.5 - own })));
          const rest = Array.from({ length: BLANK - 16 }, (_, i) => 16 + i).filter((film) => groupOf(film) === group);
          const mean = (viewer: Viewer): number => rest.reduce((sum, film) => sum + (predict(viewer, film) ?? NaN), 0) / rest.length;
          expect(mean(rated(5)) - mean(rated(0.5))).toBeGreaterThan(0.2);
        });
      });

    if (algorithm.update)
      describe('updating', () => {
        const films = [...data.films, { ...data.films[0]!, id: FILMS + 1 }];
        const newcomer = [
          { film: FILMS, stars: 5 },
          { film: 0, stars: 5 },
        ];
        const batch = batchOf(films, [
          [data.units[0]!, [{ film: 3, stars: 1 }]],
          [-5, newcomer],
        ]);

        test('with an empty batch changes no score', async () => {
          const same = await update(plugin, algorithm, model, batchOf(data.films, []));
          for (const { viewer } of tasters.slice(0, 10)) expectClose(scores(algorithm, same, viewer), scores(algorithm, model, viewer));
        });

        test('takes changed viewers, new ones and new films, and leaves the given model as it is', async () => {
          const before = structuredClone(model);
          const next = await update(plugin, algorithm, model, batch);
          expect(model).toEqual(before);
          for (const viewer of [nobody, viewerOf(newcomer), tasters[0]!.viewer]) {
            const of = scores(algorithm, next, viewer, films.length);
            expect(finiteOrNaN(of)).toBe(true);
            expect(scores(algorithm, decode(encode(next)), viewer, films.length)).toEqual(of);
          }
          if (algorithm.similar) expect(finiteOrNaN(similar(algorithm, next, FILMS, films.length))).toBe(true);
        });

        test('can be repeated, and still ranks clearly better than chance', async () => {
          const next = await update(plugin, algorithm, await update(plugin, algorithm, model, batch), batch);
          expect(meanAuc(algorithm, next, tasters, films.length)).toBeGreaterThan(0.6);
        });
      });

    if (algorithm.similar)
      describe('similarity', () => {
        test('is the same in both directions, and not defined for a film and itself', () => {
          const rows = Array.from({ length: FILMS }, (_, film) => similar(algorithm, model, film));
          for (let a = 0; a < FILMS; a++) {
            expect(rows[a]![a]).toBeNaN();
            expect(finiteOrNaN(rows[a]!)).toBe(true);
            for (let b = 0; b < a; b++) {
              expect(Number.isNaN(rows[a]![b])).toBe(Number.isNaN(rows[b]![a]));
              if (!Number.isNaN(rows[a]![b])) expect(rows[a]![b]).toBeCloseTo(rows[b]![a]!, 4);
            }
          }
        });

        test('finds films of the same taste', () => {
          let same = 0;
          for (let film = 0; film < BLANK; film++) {
            const nearest = new Int32Array(1);
            topK(similar(algorithm, model, film), nearest);
            if (groupOf(nearest[0]!) === groupOf(film)) same++;
          }
          expect(same / BLANK).toBeGreaterThan(0.5); // chance: ¼
        });

        test('has no opinion on films of which nothing is known', () => {
          expect(allNaN(similar(algorithm, model, BLANK))).toBe(true);
          expect(allNaN(similar(algorithm, model, FILMS + 3, FILMS + 20))).toBe(true);
          expect(allNaN(similar(algorithm, model, 0, FILMS + 20).subarray(FILMS))).toBe(true);
        });
      });
  });
}

/** Another film of the same group as film 0. */
const GROUP_MATE = GROUPS;

/** Equal but for rounding. */
function expectClose(found: Float32Array, wanted: Float32Array): void {
  expect([...found].map(Number.isNaN)).toEqual([...wanted].map(Number.isNaN));
  found.forEach((value, i) => {
    if (!Number.isNaN(value)) expect(Math.abs(value - wanted[i]!)).toBeLessThanOrEqual(1e-4 * (1 + Math.abs(wanted[i]!)));
  });
}

function checkReasons(reasons: ReturnType<NonNullable<AnyAlgorithm['explain']>>, viewer: Viewer, film: number): void {
  const shares: number[] = [];
  for (const reason of reasons) {
    if ('text' in reason) {
      expect(reason.text.trim()).not.toBe('');
      continue;
    }
    expect(viewer.preferences.films).toContain(reason.film);
    expect(reason.film).not.toBe(film);
    expect(reason.share).toBeGreaterThan(0);
    shares.push(reason.share);
  }
  expect(shares).toEqual([...shares].sort((a, b) => b - a));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-6);
}
