import { jest } from '@jest/globals';
import { silent } from '../../core/log.ts';
import type { Scorer } from '../../recommend/2-score.ts';
import type { Viewer } from '../../recommend/algorithm.ts';
import { predictStars } from '../../recommend/predict.ts';

const scorer = (id: string, predict?: () => number | undefined): Scorer => ({
  model: {},
  modelId: 1,
  algorithm: { id, title: id, description: id, train: () => ({}), score() {}, ...(predict && { predict }) },
});
const viewer = {} as Viewer;

test('the first algorithm with an answer predicts the stars', () => {
  const scorers = [scorer('unable'), scorer('unsure', () => undefined), scorer('first', () => 4.2), scorer('second', () => 1)];
  expect(predictStars(scorers, viewer, 0, silent)).toEqual({ stars: 4.2, algorithm: 'first' });
  expect(predictStars(scorers.slice(0, 2), viewer, 0, silent)).toBeUndefined();
});

test('one that throws is passed over, and the log says so', () => {
  const error = jest.fn();
  const broken = scorer('broken', () => {
    throw new Error('bug');
  });
  expect(predictStars([broken, scorer('good', () => 3)], viewer, 0, { ...silent, error })).toEqual({ stars: 3, algorithm: 'good' });
  expect(error).toHaveBeenCalledWith(expect.stringContaining('broken'), expect.any(Error));
});
