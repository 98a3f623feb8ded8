import { scoreAll, type CommonScores, type Scorer } from '../../recommend/2-score.ts';
import { blend, leaderOf, sharesOf } from '../../recommend/3-blend.ts';
import { best } from '../../recommend/4-filter.ts';
import { diversify, overlap } from '../../recommend/5-rerank.ts';
import { BlendSpec } from '../../recommend/blend-spec.ts';
import type { Catalogue } from '../../recommend/ports.ts';
import { silent } from '../../core/log.ts';
import { ScoreRoom } from '../../math/kernels/score-room.ts';

const scorer = (id: string, scores: number[] | Error): Scorer => ({
  model: {},
  modelId: 1,
  algorithm: {
    id,
    title: id,
    description: id,
    train: () => ({}),
    score(_model: unknown, _viewer: unknown, out: Float32Array) {
      if (scores instanceof Error) throw scores;
      out.set(scores);
    },
  },
});
const room = new ScoreRoom(3);
const ask = ({ algorithm, model }: Scorer, out: Float32Array): void => algorithm.score(model, {} as never, out);
const spec = (weights: Record<string, number>, normalisation: BlendSpec['normalisation'] = 'standard') => ({ weights, normalisation });

test('scores of different scales weigh the same once they are standardised', () => {
  const scores = scoreAll([scorer('a', [1, 2, 3]), scorer('b', [3000, 2000, 1000])], spec({ a: 1, b: 1 }), room, ask, silent);
  expect([...blend(scores, room)]).toEqual([expect.closeTo(0), expect.closeTo(0), expect.closeTo(0)]);
});

test('an algorithm that throws, has no opinion or no weight gives up its weight', () => {
  const scorers = [
    scorer('good', [0, 1, 2]),
    scorer('broken', new Error('bug')),
    scorer('mute', [NaN, NaN, NaN]),
    scorer('off', [9, 0, 0]),
    scorer('wild', [Infinity, NaN, -Infinity]),
  ];
  const scores = scoreAll(scorers, spec({ good: 1, broken: 5, mute: 5, off: 0, wild: 5 }), room, ask, silent);
  expect(scores.map((s) => s.scorer.algorithm.id)).toEqual(['good']);
  expect([...best(blend(scores, room), 3, () => true)]).toEqual([2, 1, 0]);
});

test('an algorithm that says the same to everybody is asked once a model and normalisation', () => {
  const asked: string[] = [],
    common: CommonScores = new Map(),
    [personal, all] = [scorer('personal', [1, 2, 3]), scorer('all', [3, 1, 2])],
    impersonal = { ...all, algorithm: { ...all.algorithm, impersonal: true as const } };
  const askAll = (normalisation: BlendSpec['normalisation'], other: Scorer) =>
    scoreAll(
      [personal, other],
      spec({ personal: 1, all: 1 }, normalisation),
      room,
      (one, out) => ask((asked.push(one.algorithm.id), one), out),
      silent,
      common,
    );
  const [first, again] = [askAll('standard', impersonal), askAll('standard', impersonal)];
  expect(again[1]).toEqual({ ...first[1], common: true });
  expect(again[1]!.values).toBe(first[1]!.values);
  expect(again[0]!.values).not.toBe(first[0]!.values);
  askAll('rank', impersonal);
  askAll('rank', { ...impersonal, model: {} });
  expect(asked.filter((id) => id === 'all')).toHaveLength(3);
  expect(asked.filter((id) => id === 'personal')).toHaveLength(4);
});

test('ranks go from 1 for the best to 0 for the last, whatever the distances', () => {
  const [only] = scoreAll([scorer('a', [1, 1e9, 2, NaN])], spec({ a: 1 }, 'rank'), new ScoreRoom(4), ask, silent);
  expect([...only!.values]).toEqual([0, 1, 0.5, NaN]);
});

test('a film that one algorithm does not know counts as average there', () => {
  const scores = scoreAll([scorer('a', [1, 2, 3]), scorer('b', [NaN, 1, 3])], spec({ a: 1, b: 1 }), room, ask, silent);
  const blended = blend(scores, room);
  expect(blended[0]).toBeCloseTo(-1.2247 / 2, 3);
  expect([...blend([], room)]).toEqual([NaN, NaN, NaN]);
});

test('shares add up to one and name the leader', () => {
  const scores = scoreAll([scorer('a', [0, 0, 3]), scorer('b', [0, 1, 2])], spec({ a: 3, b: 1 }), room, ask, silent);
  const shares = sharesOf(scores, 2);
  expect(shares['a']! + shares['b']!).toBeCloseTo(1);
  expect(leaderOf(shares)).toBe('a');
});

const catalogue = (traits: number[][]): Catalogue => ({
  size: traits.length,
  visible: new Uint8Array(traits.length).fill(1),
  position: () => undefined,
  cards: traits.map((t, id) => ({ id, title: '', year: null, genres: [], traits: Int32Array.from(t) })),
});

test('diversity breaks up a run of the same films; without it the order stays', () => {
  const films = Int32Array.from([0, 1, 2]),
    scores = new Float32Array([1, 0.9, 0.5]),
    alike = catalogue([[1, 2], [1, 2], [3]]);
  expect(diversify(films, scores, 3, 0, alike)).toEqual([0, 1, 2]);
  expect(diversify(films, scores, 3, 0.5, alike)).toEqual([0, 2, 1]);
  expect(overlap(Int32Array.from([1, 2, 3]), Int32Array.from([2, 3, 4]))).toBe(0.5);
});

test.each([
  ['negative', { a: -1 }],
  ['not a number', { a: NaN }],
  ['infinite', { a: Infinity }],
  ['all zero', { a: 0, b: 0 }],
  ['none', {}],
  ['text', { a: '1' }],
  ['no id', { 'A b': 1 }],
])('weights that are %s are refused', (_what, weights) => {
  expect(BlendSpec.safeParse({ weights }).success).toBe(false);
});
