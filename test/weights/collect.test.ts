import { silent } from '../../core/log.ts';
import type { AnyAlgorithm } from '../../recommend/algorithm.ts';
import type { Scorer } from '../../recommend/2-score.ts';
import { collectSamples } from '../../jobs/weights/collect.ts';
import { holdOut } from '../../jobs/training/measure.ts';
import { world } from '../algorithms/synthetic.ts';

const { data } = world(3, 100);
const split = holdOut({ ...data, age: new Float32Array(data.age.length) });

/** Every film has an opinion but one in seven; the same opinions in other units. */
const scorerOf = (unit: number, origin: number): Scorer => ({
  modelId: 1,
  model: {},
  algorithm: {
    id: 'one',
    title: 'One',
    description: 'One',
    train: () => ({}),
    score: (_model: unknown, _viewer: unknown, out: Float32Array) =>
      out.forEach((_, film) => (out[film] = film % 7 === 0 ? Number.NaN : origin + unit * ((film * 31) % 97))),
  } satisfies AnyAlgorithm,
});
const collect = (scorer: Scorer) => collectSamples([scorer], split, { viewers: 20, known: () => undefined, log: silent, onViewer: () => {} });

test('weights are learned from what goes into a blend: scores in standard deviations from the mean, whatever their units', () => {
  const [plain, other] = [collect(scorerOf(1, 0)), collect(scorerOf(1024, 4096))];
  expect(plain).toHaveLength(20);
  expect(other).toEqual(plain);
  const scores = Array.from({ length: data.films.length }, (_, film) => film).filter((film) => film % 7 !== 0),
    values = scores.map((film) => (film * 31) % 97),
    mean = values.reduce((sum, value) => sum + value, 0) / values.length,
    deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  const { films, scores: found } = plain[0]!;
  films.forEach((film, i) => expect(found[i]).toBeCloseTo(film % 7 === 0 ? 0 : (((film * 31) % 97) - mean) / deviation, 4));
});
